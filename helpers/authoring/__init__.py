"""What authors use and students never import: derivation, execution, and the course's commands."""
