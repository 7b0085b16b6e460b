# What the service runs on where no public image can be pulled: the C library, certificates and time zones of Debian without
# a shell, and Node. `base.tar` and `node` are made by scripts/production/build-image.ts.
FROM scratch
ADD base.tar /
COPY node /usr/local/bin/node
