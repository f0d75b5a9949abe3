"""What a reload would do before it does it: the plan, how two states are compared, and where a plan is kept."""
