"""An AWS on loopback: moto in process behind a front that records, disturbs and corrects.

The modules, from the outside in:

* ``server``: HTTP, one thread a connection, kept alive.
* ``front``: what happens to one call: number it, apply faults, let moto answer, write it down.
* ``protocol``: which service and operation a request is, and errors in that service's own wire format.
* ``call_log``, ``faults``, ``hiding``, ``transitions``: the state that tests drive.
* ``control``: the JSON API under ``/_front/`` that they drive it with.
* ``moto_app``: moto itself, under one lock, with ``corrections`` applied.
* ``shortcuts``: what moto need not compute anew for every call.
* ``corrections``: one module a service, each rule naming the behaviour of AWS that moto gets wrong.
"""
