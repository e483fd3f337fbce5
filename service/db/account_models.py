"""Tables of accounts, sign-in sessions and invitations, and of what an office decides."""
