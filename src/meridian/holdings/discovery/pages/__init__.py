"""Pages and doors of discovery."""

from django.urls import path

from meridian.holdings.discovery.pages.agents import agents

root_urlpatterns = [path("discovery/agents", agents, name="discovery-agents")]
