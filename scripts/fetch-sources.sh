#!/usr/bin/env bash
# Fetches sources of Debian packages, as their authors released them, for tests that build and link real programs.
#
#   scripts/fetch-sources.sh FOLDER PACKAGE…
#
# Asks the mirrors that this machine's apt has already, with lists of its own, so that apt is left as it was. Packages whose
# sources are in the folder are not fetched again. Unpacks each into FOLDER/PACKAGE.
set -euo pipefail

mkdir -p "$1"
folder=$(realpath "$1")
shift
wanted=()
for package in "$@"; do [ -d "$folder/$package" ] || wanted+=("$package"); done
[ "${#wanted[@]}" -gt 0 ] || exit 0

apt=$(mktemp -d)
trap 'rm -rf "$apt"' EXIT
mkdir -p "$apt/sources" "$apt/lists/partial" "$apt/cache/archives/partial"
for list in /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources; do
  [ -e "$list" ] || continue
  case $list in
    *.sources) sed 's/^Types:.*/Types: deb-src/' "$list" >"$apt/sources/debian.sources" ;;
    *) sed -n 's/^deb /deb-src /p' "$list" >"$apt/sources/main.list" ;;
  esac
done
options=(
  -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$apt/sources"
  -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=
)
apt-get "${options[@]}" -qq update
mkdir "$apt/download"
for package in "${wanted[@]}"; do
  (cd "$apt/download" && apt-get "${options[@]}" -qq source --download-only --tar-only "$package" >/dev/null)
  mkdir "$folder/$package"
  tar -x -C "$folder/$package" --strip-components=1 -f "$(echo "$apt/download/${package}"_*.orig.tar.*)"
done
