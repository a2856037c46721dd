"""The web reader: pages and REST over one record, for a browser and for programs.

Start with :func:`onrecord.web.app.create_app`. ``import onrecord`` loads nothing of this: it needs the extra ``web``.
"""
