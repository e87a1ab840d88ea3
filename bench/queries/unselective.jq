# stats count by eventSource eventName userIdentity.type: one row an event, counted by `sort | uniq -c` would be slower still.
reduce (inputs | select(.eventSource and .eventName and .userIdentity.type) | [.eventSource, .eventName, .userIdentity.type] | join("\t")) as $key ({}; .[$key] += 1)
| to_entries[] | (.key | split("\t")) as $key | {eventSource: $key[0], eventName: $key[1], "userIdentity.type": $key[2], count: (.value | tostring)}
