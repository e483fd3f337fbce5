"""People: accounts, sign-in, invitations, and who may do what."""
