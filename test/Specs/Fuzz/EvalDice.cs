namespace Karst.Specs.Fuzz;

/// <summary>
/// Makes eval expressions with arguments of the right type. A function's line tells what it gives and what it takes: `n` a number, `t` a text, `b` a condition, `v` several
/// values, `a` any, `j` JSON, `i` a small whole number, and words in quotes as they stand; `...` repeats the last one, `?` begins what may be left out.
/// </summary>
sealed class EvalDice(Dice dice, IReadOnlyList<string> fields)
{
    /// <summary>A line a function.</summary>
    public static IReadOnlyDictionary<string, string> Functions { get; } = new Dictionary<string, string>
    {
        ["abs"] = "n n",
        ["acos"] = "n n",
        ["acosh"] = "n n",
        ["asin"] = "n n",
        ["asinh"] = "n n",
        ["atan"] = "n n",
        ["atan2"] = "n n n",
        ["atanh"] = "n n",
        ["bit_and"] = "n n n n...",
        ["bit_not"] = "n n ? n",
        ["bit_or"] = "n n n n...",
        ["bit_shift_left"] = "n n i",
        ["bit_shift_right"] = "n n i",
        ["bit_xor"] = "n n n n...",
        ["case"] = "a b a b a ? b a",
        ["ceiling"] = "n n",
        ["cidrmatch"] = "b \"10.0.0.0/8\" t",
        ["coalesce"] = "a a a...",
        ["cos"] = "n n",
        ["cosh"] = "n n",
        ["exact"] = "n n",
        ["exp"] = "n n",
        ["false"] = "b",
        ["floor"] = "n n",
        ["hypot"] = "n n n",
        ["if"] = "a b a a",
        ["ifnull"] = "a a a",
        ["in"] = "b a a a...",
        ["isbool"] = "b a",
        ["isint"] = "b a",
        ["ismv"] = "b a",
        ["isnotnull"] = "b a",
        ["isnull"] = "b a",
        ["isnum"] = "b a",
        ["isstr"] = "b a",
        ["json_array"] = "j a a...",
        ["json_array_to_mv"] = "v j",
        ["json_extract"] = "a j ? \"a\"|\"b{}\"|\"a.b\"|\"{1}\"|\"b{2}.c\"|\"\"",
        ["json_extract_exact"] = "a j \"a.b\"",
        ["json_keys"] = "j j",
        ["json_object"] = "j \"k\" a ? \"a.b\" a",
        ["json_valid"] = "b j",
        ["len"] = "n t",
        ["like"] = "b t \"a%\"|\"%_b%\"|\"%\"",
        ["ln"] = "n n",
        ["log"] = "n n ? n",
        ["lower"] = "t t",
        ["ltrim"] = "t t ? \"ab \"",
        ["match"] = "b t \"a\"|\"^(.)(.*)$\"|\"[0-9]+\"|\"(?i)an*\"",
        ["max"] = "a a a...",
        ["md5"] = "t t",
        ["min"] = "a a a...",
        ["mv_to_json_array"] = "j v ? b",
        ["mvappend"] = "v a a...",
        ["mvcount"] = "n v",
        ["mvdedup"] = "v v",
        ["mvfilter"] = "v tags=\"ann\"|match(nums,\"1\")|len(tags)>2|isnum(nums)",
        ["mvfind"] = "n v \"a\"|\"1\"",
        ["mvindex"] = "v v i|-1|-2 ? i|-1",
        ["mvjoin"] = "t v \",\"|\"\"",
        ["mvmap"] = "v tags,upper(tags)|nums,nums*2|tags,tags.group|nums,if(nums>1,nums,null())",
        ["mvrange"] = "v i 1|9|3 ? 1|2",
        ["mvsort"] = "v v",
        ["mvzip"] = "v v v ? \"|\"",
        ["now"] = "n",
        ["null"] = "a",
        ["nullif"] = "a a a",
        ["pi"] = "n",
        ["pow"] = "n n i",
        ["printf"] = "t \"%d\"|\"%5.2f\"|\"%s\"|\"%x\"|\"%+e\"|\"%%\"|\"%-8s|\"|\"%c\"|\"%'d\" a",
        ["relative_time"] = "n n \"-1d@d\"|\"+1mon\"|\"@w1\"|\"-5m\"",
        ["replace"] = "t t \"a\"|\"^(.)(.*)$\"|\"[0-9]+\" \"x\"|\"\\2\\1\"|\"\"",
        ["round"] = "n n ? i",
        ["rtrim"] = "t t ? \"ab \"",
        ["sha1"] = "t t",
        ["sha256"] = "t t",
        ["sha512"] = "t t",
        ["sin"] = "n n",
        ["sinh"] = "n n",
        ["spath"] = "a j \"a\"|\"b{}\"|\"a.b\"",
        ["split"] = "v t \",\"|\".\"|\"\"|\"ab\"",
        ["sqrt"] = "n n",
        ["strftime"] = "t n \"%F %T\"|\"%Y-%m-%dT%H:%M:%S.%3N%z\"|\"%s %j %U %a %b\"|\"%Q\"",
        ["strptime"] = "n t \"%Y-%m-%dT%H:%M:%SZ\"|\"%s\"|\"%m/%d/%Y %H:%M:%S\"",
        ["substr"] = "t t i|-2|1 ? i",
        ["tan"] = "n n",
        ["tanh"] = "n n",
        ["tonumber"] = "n t ? 16|10|2|36",
        ["tostring"] = "t a ? \"hex\"|\"commas\"|\"duration\"",
        ["trim"] = "t t ? \"ab \"",
        ["true"] = "b",
        ["typeof"] = "t a",
        ["upper"] = "t t",
        ["urldecode"] = "t t",
        ["validate"] = "a b a b a",
        ["avg"] = "n a a...",
        ["commands"] = "v t",
        ["ipmask"] = "t \"255.255.0.0\"|\"0.0.0.255\" t",
        ["isarray"] = "b j",
        ["isdouble"] = "b a",
        ["isobject"] = "b j",
        ["json"] = "j j",
        ["json_append"] = "j j \"b\"|\"b{0}\"|\"a\" a",
        ["json_delete"] = "j j \"a\"|\"b{1}\"|\"a.b\"|\"{0}\"",
        ["json_entries"] = "j j",
        ["json_extend"] = "j j \"b\"|\"a\" a",
        ["json_has_key_exact"] = "b j \"a\"|\"a.b\"",
        ["json_set"] = "j j \"a\"|\"a.b\"|\"b{1}\"|\"c.d.e\"|\"{0}\" a",
        ["json_set_exact"] = "j j \"a.b\"|\"k\" a",
        ["searchmatch"] = "b \"user=ann\"|\"n>1 OR tags=a*\"|\"NOT ann\"",
        ["sigfig"] = "n n",
        ["sum"] = "n a a...",
        ["toarray"] = "j a",
        ["tobool"] = "b a",
        ["todouble"] = "n a",
        ["toint"] = "n a",
        ["tomv"] = "v j",
        ["toobject"] = "j j",
    };

    /// <summary>Functions that no program calls, and why.</summary>
    public static IReadOnlyDictionary<string, string> Left { get; } = new Dictionary<string, string>
    {
        ["random"] = "its series goes by the order of calls, which passes may change",
        ["time"] = "it gives the time of the machine",
    };

    static readonly ILookup<char, string> s_givers = Functions.ToLookup(function => function.Value[0], function => function.Key);

    /// <summary>An expression of a type: `n`, `t`, `b`, `v`, `j`, `i` or `a`.</summary>
    public string Make(char type, int depth = 3)
    {
        // Rows hold anything: what is asked for is now and then not what is given.
        if (type != 'b' && dice.OneIn(12)) type = 'a';
        if (type == 'i') return dice.Of("0", "1", "2", "3", "5");
        if (depth <= 0 || dice.OneIn(3)) return type == 'b' ? Compare(depth) : Leaf(type);
        if (type == 'a') return Make(dice.Of('n', 't', 'v', 'j'), depth);
        if (dice.OneIn(4))
        {
            if (type == 'n') return $"({Make('n', depth - 1)} {dice.Of("+", "-", "*", "/", "%")} {Make('n', depth - 1)})";
            if (type == 't') return $"({Make('a', depth - 1)} . {Make('t', depth - 1)})";
            if (type == 'b') return dice.OneIn(3) ? $"NOT ({Make('b', depth - 1)})" : $"({Make('b', depth - 1)} {dice.Of("AND", "OR", "XOR")} {Make('b', depth - 1)})";
        }
        if (type == 'b' && dice.OneIn(2)) return Compare(depth);
        var functions = s_givers[dice.OneIn(6) && type != 'b' ? 'a' : type].ToArray();
        return functions.Length == 0 ? Leaf(type) : Call(dice.Of<string>(functions), depth - 1);
    }

    /// <summary>A call of a function.</summary>
    public string Call(string name, int depth)
    {
        var arguments = new List<string>();
        var line = Functions[name];
        // Choices hold blanks between quotes only.
        foreach (var part in Parts(line).Skip(1))
        {
            if (part == "?")
            {
                if (dice.OneIn(2)) break;
                continue;
            }
            var repeats = part.EndsWith("...", StringComparison.Ordinal) ? dice.Below(3) : 1;
            var wanted = part.TrimEnd('.');
            for (var i = 0; i < repeats; i++) arguments.Add(wanted.Length == 1 && char.IsAsciiLetter(wanted[0]) ? Make(wanted[0], depth) : Choice(wanted));
        }
        return $"{name}({string.Join(",", arguments)})";
    }

    /// <summary>A field as expressions name it.</summary>
    public string Field()
    {
        var name = dice.OneIn(10) ? "nowhere" : dice.Of<string>([.. fields]);
        return name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') ? name : $"'{name}'";
    }

    string Choice(string wanted)
    {
        var chosen = dice.Of<string>(Parts(wanted, '|').ToArray());
        return chosen == "i" ? Make('i') : chosen;
    }

    string Compare(int depth) => dice.Below(4) switch
    {
        0 => $"{Make('a', depth - 1)} IN (\"ann\", 1, {Make('a', depth - 1)})",
        1 => $"isnotnull({Field()})",
        2 => $"{Make('t', depth - 1)} {dice.Of("=", "!=", "<", ">=")} \"{dice.Of("ann", "10", "", "b")}\"",
        _ => $"{Make('n', depth - 1)} {dice.Of("=", "==", "!=", "<", ">", "<=", ">=")} {Make('n', depth - 1)}",
    };

    string Leaf(char type) => dice.OneIn(3) ? Literal(type) : type switch
    {
        'n' => dice.Of("n", "m", "'x.y'", "_time", Field()),
        't' => dice.Of("user", "group", "src", "t", Field()),
        'v' => dice.Of("tags", "nums", Field()),
        'j' => dice.Of("js", Field()),
        _ => Field(),
    };

    string Literal(char type) => type switch
    {
        'n' => dice.Of("0", "1", "-1", "2.5", "1e10", "1000000"),
        'v' => dice.Of("split(\"b,a,,b\",\",\")", "mvrange(1,4)"),
        'j' => dice.Of("\"{\\\"a\\\":{\\\"b\\\":[1,2]}}\"", "\"[1,2]\""),
        _ => dice.Of("\"ann\"", "\"\"", "\"10\"", "\" a b \"", "\"é\""),
    };

    static IEnumerable<string> Parts(string line, char between = ' ')
    {
        var start = 0;
        var quoted = false;
        for (var at = 0; at <= line.Length; at++)
        {
            if (at < line.Length && line[at] == '"' && (at == 0 || line[at - 1] != '\\')) quoted = !quoted;
            if (at < line.Length && (quoted || line[at] != between)) continue;
            yield return line[start..at];
            start = at + 1;
        }
    }
}
