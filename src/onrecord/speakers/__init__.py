"""Who is speaking: mentions, entities, and the speaker of every statement."""
