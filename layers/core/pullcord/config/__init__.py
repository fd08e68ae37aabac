"""The compiler: a `.gitlab-ci.yml` in, a plan out. Pure: no clock, network, environment or AWS."""
