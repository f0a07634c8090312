"""The pages of the catalogue: shopping, ordering, fulfilling, designing."""

from django.urls import path

from meridian.work.catalogue.pages.basket import basket, from_file
from meridian.work.catalogue.pages.designing import design, design_item, preview
from meridian.work.catalogue.pages.orders import order, orders, tasks
from meridian.work.catalogue.pages.parts_of_item import design_part
from meridian.work.catalogue.pages.shop import item, shop

root_urlpatterns = [
    path("shop/", shop, name="catalogue-shop"),
    path("shop/<str:code>/", item, name="catalogue-order-form"),
    path("basket/", basket, name="catalogue-basket"),
    path("basket/from-file/", from_file, name="catalogue-from-file"),
    path("orders/", orders, name="catalogue-orders"),
    path("orders/<str:number>/", order, name="catalogue-order"),
    path("fulfilment/", tasks, name="catalogue-tasks"),
    path("design/", design, name="catalogue-design"),
    path("design/<str:code>/", design_item, name="catalogue-design-item"),
    path("design/<str:code>/preview/", preview, name="catalogue-preview"),
    path("design/<str:code>/<str:part>/", design_part, name="catalogue-design-part"),
]
