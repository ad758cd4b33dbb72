"""Documents that leave the dashboard for a partner or a committee. What they say is written elsewhere; here they are laid out."""
