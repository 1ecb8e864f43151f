"""Lists that staff bring in: who passed, trainings, incentive payments."""
