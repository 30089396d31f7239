"""A venue's history: a follower keeps a store of what the journal tells; statements and exports come from it."""
