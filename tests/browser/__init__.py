"""All that a real browser looks at; it is open as long as tests of this folder run."""
