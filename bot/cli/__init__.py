"""Commands of the operator: what is typed behind `sobat`."""
