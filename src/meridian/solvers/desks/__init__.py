"""How many agents, at which desks, at which hours: queues, simulation, staffing, shifts, rosters and hubs."""
