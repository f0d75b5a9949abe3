"""What happens when something is pressed: one module a kind of button, all through one guarded base."""
