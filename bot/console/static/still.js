// Shows what the server has drawn once for all: each node is a tag, its attributes, and its words or the nodes within.
const draw = (nodes) =>
  nodes.map(([tag, attributes, within]) => Vue.h(tag, attributes, typeof within === "string" ? within : draw(within)));

export default {
  inheritAttrs: false, // it has no element of its own
  props: { drawn: String },
  render() {
    return draw(JSON.parse(this.drawn));
  },
};
