"""Services that the hub runs beside itself."""
