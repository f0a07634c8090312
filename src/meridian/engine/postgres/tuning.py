"""Settings of the embedded server, by the memory of the machine."""

import os

import psycopg

MEBIBYTE = 1024 * 1024
LARGEST_SHARED_BUFFERS_MEBIBYTES = 512


def settings() -> dict[str, str]:
    """What the embedded server is started with: durable commits, plans for solid-state disks."""
    memory_mebibytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEBIBYTE
    shared_mebibytes = max(32, min(LARGEST_SHARED_BUFFERS_MEBIBYTES, memory_mebibytes // 8))
    return {
        "shared_buffers": f"{shared_mebibytes}MB",
        "effective_cache_size": f"{max(64, memory_mebibytes // 2)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{max(64, min(256, memory_mebibytes // 16))}MB",
        "max_connections": "100",
        "synchronous_commit": "on",
        "jit": "off",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "wal_compression": "on",
        # Ready to hand over what is written, so that taking the first backup needs no new start.
        "archive_mode": "on",
        "random_page_cost": "1.1",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_min_error_statement": "panic",
    }


def keep_nothing_unasked(connection: psycopg.Connection) -> None:
    """Until somebody takes a backup, let nothing that was written wait to be kept."""
    row = connection.execute(
        "SELECT current_setting('archive_mode'), current_setting('archive_command')"
    ).fetchone()
    if row == ("on", ""):
        connection.execute("ALTER SYSTEM SET archive_command = 'true'")
        connection.execute("SELECT pg_reload_conf()")
