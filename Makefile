# `make release` makes the native executable of this machine in out/; `make bench` measures it beside its peers.
runtime ?= $(shell uname -m | sed 's/x86_64/linux-x64/;s/aarch64/linux-arm64/')

.PHONY: release bench
release:
	@case "$(runtime)-$$(uname -m)" in linux-arm64-x86_64) command -v aarch64-linux-gnu-gcc >/dev/null || { echo "make release: linux-arm64 needs aarch64-linux-gnu-gcc and an arm64 sysroot, or an arm64 machine" >&2; exit 2; };; esac
	dotnet publish src/App/App.csproj -c Release -r $(runtime) -p:KarstAot=true --artifacts-path out/artifacts -o out/$(runtime)

bench:
	bench/run
