"""Pages of the reply section. Each view reads the request, calls an action, and shows a template."""
