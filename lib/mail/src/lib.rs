//! Messages between agents and people of one machine, and reservations of files.
