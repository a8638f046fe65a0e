# Reads the children of a JVM from standard input and ends them when it closes: the JVM is gone.
trap '' INT HUP TERM
children=
garbage=
while read -r word rest; do
  case $word in
    watch) children="$children ${rest% *}:${rest#* }" ;;
    forget)
      kept=
      for child in $children; do
        [ "${child%:*}" = "$rest" ] || kept="$kept $child"
      done
      children=$kept
      ;;
    delete)
      garbage="$garbage$rest
"
      ;;
  esac
done

for child in $children; do
  kill "-${child#*:}" "${child%:*}"
done
tenths=0
while [ $tenths -lt 100 ]; do
  alive=
  for child in $children; do
    kill -0 "${child%:*}" && alive=yes
  done
  [ "$alive" ] || break
  sleep 0.1
  tenths=$((tenths + 1))
done
# What a child has started goes with it: each is the first of a group of its own, where the system has sessions.
for child in $children; do
  kill -s KILL -- "-${child%:*}" || kill -s KILL "${child%:*}"
done
printf %s "$garbage" | while read -r directory; do
  rm -rf "$directory"
done
