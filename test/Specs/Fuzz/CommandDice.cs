using Karst.Engine.Aggregates;

namespace Karst.Specs.Fuzz;

/// <summary>Makes commands: a line a command of the engine's table. A command that is new gets its line here.</summary>
sealed class CommandDice
{
    readonly Dice _dice;
    readonly List<string> _fields = [.. RowDice.Names];
    readonly EvalDice _eval;

    public CommandDice(Dice dice)
    {
        _dice = dice;
        _eval = new EvalDice(dice, _fields);
    }

    /// <summary>What makes the text of each command. Columns stand in the order in which rows first have them, so where that order shows in rows (untable, transpose) a table comes before.</summary>
    public static IReadOnlyDictionary<string, Func<CommandDice, string>> All { get; } = new Dictionary<string, Func<CommandDice, string>>
    {
        ["accum"] = make => $"accum {make.Number()}{make.As()}",
        ["addcoltotals"] = make => $"addcoltotals{make.Maybe(" labelfield=group")}{make.Maybe(" n m")}",
        ["addinfo"] = _ => "addinfo",
        ["addtotals"] = make => $"addtotals{make.Maybe(" col=true labelfield=group")}{make.Maybe(" fieldname=sum")}{make.Maybe(" n m nums")}",
        ["append"] = make => $"append {make.Subsearch()}",
        ["appendcols"] = make => $"appendcols {make.Maybe("override=true")} {make.Subsearch()}",
        ["appendpipe"] = make => $"appendpipe [{make.Stats("stats")}]",
        ["autoregress"] = make => $"autoregress {make.Number()} {make._dice.Of("", "p=2", "p=1-3", "AS before")}",
        ["bin"] = make => $"bin {make._dice.Of("span=5", "span=0.5", "bins=3", "", "minspan=2", "span=1h", "span=2log10")} {make.Number()}{make.As()}",
        ["chart"] = make => $"chart {make._dice.Of("", "limit=2", "usenull=false", "useother=false limit=1", "cont=false")} {make.Aggregates(2)}{make.Formula()} {make._dice.Of("over", "by")} {make.Field()}{make.Maybe(" by " + make.Field())}",
        ["collect"] = make => $"collect testmode=true {make._dice.Of("", "addinfo=false", "addtime=false marker=end", "output_format=hec source=made", "timeformat=%s")}",
        ["concurrency"] = make => $"concurrency duration={make.Number()}{make.Maybe(" start=n")}{make.Maybe(" output=made1")}",
        ["contingency"] = make => $"contingency {make._dice.Of("", "usetotal=false ", "maxrows=2 ", "mincolcover=0.5 ")}{make.Field()} {make.Field()}",
        ["convert"] = make => $"convert {make._dice.Of("ctime", "mktime", "num", "auto", "dur2sec", "mstime", "memk", "rmcomma", "rmunit")}({make._dice.Of("*", make.Field())}){make.As()}",
        ["dedup"] = make => $"dedup {make._dice.Of("", "2")} {make.FieldList(2)} {make._dice.Of("", "keepempty=true", "keepevents=true", "consecutive=true")} {make.Maybe("sortby -n")}",
        ["delta"] = make => $"delta {make.Number()}{make.As()} {make.Maybe("p=2")}",
        ["eval"] = make => $"eval {make._dice.Many(1, 2, ", ", () => $"{make.Target()}={make._eval.Make('a')}")}",
        ["eventstats"] = make => make.Stats("eventstats"),
        ["extract"] = make => $"extract{make._dice.Of("", " pairdelim=\",;\" kvdelim=\"=:\"", " mv_add=true limit=2")}",
        ["fieldformat"] = make => $"fieldformat {make.Field()}={make._eval.Make('a')}",
        ["fields"] = make => $"fields {make._dice.Of("", "-", "+")} {make.FieldList(4)}{make.Maybe(", n*")}",
        ["fieldsummary"] = make => $"fieldsummary {make.Maybe(make.FieldList(3))}",
        ["filldown"] = make => $"filldown {make.Maybe(make.FieldList(2))}",
        ["fillnull"] = make => $"fillnull {make.Maybe("value=\"none\"")} {make.Maybe(make.FieldList(2))}",
        ["foreach"] = make => make._dice.OneIn(3) ? $"foreach mode={make._dice.Of("multivalue tags", "multivalue nums", "json_array js")} [eval {make._dice.Of("sum", "user", "tags")}={make._dice.Of("'sum' + <<ITEM>>", "\"x<<ITEM>>\".user", "len(<<ITEM>>)")}]" : $"foreach {make._dice.Of("n*", "n m", "*", "t*")} [eval {make._dice.Of("<<FIELD>>", "made_<<FIELD>>", "sum")}={make._dice.Of("'<<FIELD>>' + 1", "len('<<FIELD>>')", "coalesce(sum,0)+'<<FIELD>>'", "\"<<FIELD>>\"")}]",
        ["format"] = make => $"table user, n, tags | format {make._dice.Of("", "maxresults=2", "mvsep=\"or\"", "\"[\" \"{{\" \",\" \"}}\" \";\" \"]\"")}",
        ["fromjson"] = make => $"fromjson js{make.Maybe(" prefix=p_")}",
        ["head"] = make => $"head {make._dice.Of("", "1", "5", $"({make._eval.Make('b')})", $"limit=3 ({make._eval.Make('b')}) null=true", "(n<5) keeplast=true")}",
        ["inputlookup"] = make => $"inputlookup append=true things{make.Maybe(" where kind=b")}",
        ["iplocation"] = make => $"iplocation {make.Maybe("allfields=true ")}{make._dice.Of("src", make.Field())}",
        ["join"] = make => $"join {make._dice.Of("", "type=left", "max=0", "overwrite=false", "max=2 type=outer")} {make.Maybe(make.FieldList(2))} {make.Subsearch()}",
        ["lookup"] = make => $"lookup things {make._dice.Of("kind AS group", "kind AS user", "number AS n", "kind AS tags")}{make._dice.Of("", " OUTPUT label", " OUTPUTNEW label AS user", " OUTPUT label AS found number AS m")}",
        ["makecontinuous"] = make => $"makecontinuous {make.Number()} {make._dice.Of("span=5", "span=1h", "bins=3", "")}",
        ["makemv"] = make => $"makemv {make._dice.Of("delim=\",\"", "delim=\".\" allowempty=true", "tokenizer=\"([a-z]+)\"", "setsv=true")} {make.Field()}",
        ["map"] = make => $"map maxsearches=3 search=\"search group=$group$ | head 2{make.Maybe(" | stats count by group")}\"",
        ["multikv"] = make => $"multikv{make._dice.Of("", " noheader=true", " forceheader=1 rmorig=false")}",
        ["mvcombine"] = make => $"mvcombine {make.Maybe("delim=\";\"")} {make.Field()}",
        ["mvexpand"] = make => $"mvexpand {make._dice.Of("tags", "nums", make.Field())}{make.Maybe(" limit=2")}",
        ["nomv"] = make => $"nomv {make._dice.Of("tags", "nums", make.Field())}",
        ["outlier"] = make => $"outlier {make._dice.Of("", "action=rm", "mark=true uselower=true", "param=0.5")} {make._dice.Of("n", "m", "nums", "n m")}",
        ["rangemap"] = make => $"rangemap field={make._dice.Of("n", "m", "nums", "user")} low=0-2 mid=2.5-10 high=11-1000{make.Maybe(" default=other")}",
        ["rare"] = make => make.Top("rare"),
        ["regex"] = make => $"regex {make._dice.Of("user=", "user!=", "tags=", "")}\"{make._dice.Of("a", "^.$", "[0-9]")}\"",
        ["reltime"] = make => $"reltime{make.Maybe(" timefield=n prefix=n_")}",
        ["rename"] = make => $"rename {make._dice.Of($"{make.Field()} AS {make.Target()}", "n* AS pre_*", "group AS user, user AS group", "\"some field\" AS plain")}",
        ["replace"] = make => $"replace {make._dice.Of("ann WITH x", "\"*b*\" WITH \"*-*\"", "\"\" WITH none, 10 WITH ten")}{make.Maybe(" IN " + make.FieldList(2))}",
        ["return"] = make => $"return {make.Maybe("2 ")}{make._dice.Of("user", "$n", "a=user group")}",
        ["reverse"] = _ => "reverse",
        ["rex"] = make => $"rex field={make._dice.Of("user", "tags", "t", "js", "src")} {make._dice.Of("\"(?<first>[a-z]+)\"", "max_match=0 \"(?<part>[0-9]+)\"", "mode=sed \"s/a/b/g\"", "mode=sed \"y/ab/ba/\"", "max_match=2 offset_field=at \"(?<one>.)(?<two>.)\"")}",
        ["search"] = make => $"search {make.Filter(2)}",
        ["selfjoin"] = make => $"selfjoin {make._dice.Of("", "max=0", "overwrite=false", "keepsingle=true")} {make.FieldList(2)}",
        ["setfields"] = make => $"setfields {make.Field()}=\"some text\"{make.Maybe(", n=7")}",
        ["sort"] = make => $"sort {make._dice.Of("", "0", "3")} {make._dice.Many(1, 3, ", ", () => make._dice.Of("", "-", "+") + make._dice.Of(make.Field(), "num(n)", "str(m)", "ip(src)"))}{make.Maybe(" desc")}",
        ["spath"] = make => $"spath {make._dice.Of("input=js", "input=js output=o path=a.b", "input=js path=b{}", "")}",
        ["stats"] = make => make.Stats("stats"),
        ["strcat"] = make => $"strcat {make.Maybe("allrequired=true")} user \"-\" {make.Field()} {make.Target()}",
        ["streamstats"] = make => $"streamstats {make._dice.Of("", "current=false", "window=3", "window=2 global=false", "reset_on_change=true", "reset_after=\"(n>5)\"")} {make.Aggregates(2)}{make.By()}",
        ["table"] = make => $"table {make.FieldList(5)}{make.Maybe(", n*")}",
        ["tags"] = make => $"tags{make._dice.Of("", " outputfield=found inclname=true", " allowed_tags=x")} {make.FieldList(2)}",
        ["tail"] = make => $"tail {make._dice.Of("", "1", "5")}",
        ["timechart"] = make => $"timechart {make._dice.Of("", "span=1h", "span=10m", "bins=5", "limit=1 span=1d")} {make.Aggregates(2)}{make.Formula()}{make.Maybe(" by " + make.Field())}",
        ["timewrap"] = make => $"timechart span=10m {make.Aggregates(2)} | timewrap {make._dice.Of("1h", "day", "2d series=short", "1w align=now", "month series=exact")}",
        ["tojson"] = make => $"tojson {make._dice.Of("", "auto(n*)", "num(n) str(user)", "bool(n) json(js) fill_null=true", "n user default_type=auto")} output_field={make._dice.Of("made1", "_raw")}",
        ["top"] = make => make.Top("top"),
        ["transaction"] = make => $"transaction {make.Maybe(make.FieldList(2))} {make._dice.Of("", "maxspan=1h", "maxpause=10m", "maxevents=2", "startswith=(group=a)", "mvlist=true keepevicted=true", "maxopentxn=2 keepevicted=true", "maxopenevents=3 unifyends=true")}",
        ["transpose"] = make => $"table user, n, m, group | transpose {make._dice.Of("", "0", "3", "column_name=c", "header_field=group")}",
        ["trendline"] = make => $"trendline {make._dice.Of("sma", "ema", "wma")}{make._dice.Of("2", "3", "5")}({make.Number()}){make.As()}",
        ["union"] = make => $"union {make.Maybe("maxout=2 ")}{make.Subsearch()}",
        ["uniq"] = _ => "uniq",
        ["untable"] = make => $"table user, n, m, group, tags | untable {make._dice.Of("user", "group")} name value",
        ["where"] = make => $"where {make._eval.Make('b')}",
        ["xmlkv"] = make => $"xmlkv {make.Maybe(make.Field())}",
        ["xmlunescape"] = _ => "xmlunescape",
        ["xpath"] = make => $"xpath {make.Maybe("outfield=made2 ")}\"{make._dice.Of("//a", "count(//*)", "//@b")}\" field={make._dice.Of("user", "js")}{make.Maybe(" default=none")}",
        ["xyseries"] = make => $"xyseries {make.Field()} {make.Field()} {make.Field()}{make.Maybe(" n")}",
    };

    /// <summary>Commands that no program has, and why.</summary>
    public static IReadOnlyDictionary<string, string> Left { get; } = new Dictionary<string, string>
    {
        ["datamodel"] = "it begins a search over a data model",
        ["eventcount"] = "it begins a search and counts what the source holds",
        ["from"] = "it begins a search over a data model or a lookup",
        ["gentimes"] = "it begins a search",
        ["makeresults"] = "it begins a search; subsearches have it",
        ["metadata"] = "it begins a search",
        ["mstats"] = "it begins a search over metrics",
        ["multisearch"] = "it begins a search",
        ["outputlookup"] = "it writes a file",
        ["require"] = "whether it fails is no difference of rows",
        ["savedsearch"] = "it begins a search that knowledge names",
        ["set"] = "it begins a search",
        ["tstats"] = "it begins a search over a data model",
    };

    /// <summary>A program: a filter, when the input is raw events, and commands behind it.</summary>
    public List<string> Program(bool isRaw)
    {
        var commands = new List<string>();
        if (isRaw) commands.Add(Filter(2));
        for (var left = isRaw ? _dice.Below(4) : 1 + _dice.Below(6); left > 0; left--)
        {
            var name = _dice.OneIn(4) ? _dice.Of("eval", "where", "stats", "search") : _dice.Of<string>([.. All.Keys.Order(StringComparer.Ordinal)]);
            commands.Add(All[name](this));
        }
        return commands;
    }

    string Maybe(string text) => _dice.OneIn(2) ? text : "";

    string Number() => _dice.Of("n", "m", "nums", "\"x.y\"", "_time", Field());

    string Field()
    {
        var name = _dice.OneIn(10) ? "nowhere" : _dice.Of<string>([.. _fields]);
        return name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') ? name : $"\"{name}\"";
    }

    string FieldList(int most) => _dice.Many(1, most, ", ", Field);

    string As() => Maybe($" AS {Target()}");

    string By() => Maybe($" by {FieldList(2)}");

    string Target()
    {
        var name = _dice.OneIn(3) ? _dice.Of("n", "user", "tags", "_time", "nums") : "made" + _dice.Below(4);
        if (!_fields.Contains(name)) _fields.Add(name);
        return name;
    }

    string Top(string name) =>
        $"{name} {_dice.Of("", "2", "limit=1 useother=true", "showperc=false", "countfield=c")} {FieldList(2)}{Maybe(" by group")}";

    string Stats(string name) => $"{name} {Maybe("allnum=true")} {Aggregates(3)}{By()}";

    string Formula() => _dice.Of("", "", "", " eval(sum(n)/count) AS made3", " eval(round(avg(m), 1) . \"/\" . max(max(n), 5)) AS made3", " eval(coalesce(mvcount(values(user)), count(eval(n > 1)))) AS made3");

    string Aggregates(int most)
    {
        var number = 0;
        return _dice.Many(1, most, " ", () =>
        {
            var aggregate = _dice.Of<Aggregate>([.. AggregateTable.All]);
            if (aggregate.Name == "sparkline") return $"sparkline({_dice.Of("count", "avg(n)", "sum(m), 10m", "dc(user), 1h")}) AS out{number++}";
            var name = aggregate.TakesNumber ? $"{aggregate.Name}{_dice.Of("95", "50", "0", "100", "33.3")}" : aggregate.Name;
            var input = _dice.Below(8) switch
            {
                0 => $"(eval({_eval.Make('n')}))",
                1 when aggregate.Name == "count" => $"(eval({_eval.Make('b')}))",
                2 when aggregate.IsFieldOptional => "",
                3 => "(n*)",
                4 => $"({Field()})",
                _ => $"({_dice.Of("n", "m", "nums", "user", "tags")})",
            };
            var alias = $"out{number++}";
            if (!_fields.Contains(alias)) _fields.Add(alias);
            return $"{name}{input}{(input == "(n*)" ? "" : $" AS {alias}")}";
        });
    }

    string Subsearch() => _dice.Below(3) switch
    {
        0 => $"[| makeresults count={_dice.Of("0", "1", "3")} | eval group=\"{_dice.Of("a", "b")}\", n=1 | fields - _time]",
        1 => $"[search {Filter(1)} | {Stats("stats")}]",
        _ => $"[| inputlookup things | rename kind AS group, number AS n]",
    };

    string Filter(int depth)
    {
        if (depth > 0 && _dice.OneIn(3)) return $"({Filter(depth - 1)} {_dice.Of("AND", "OR", "")} {Filter(depth - 1)})";
        if (depth > 0 && _dice.OneIn(6)) return $"NOT {Filter(depth - 1)}";
        return _dice.Below(8) switch
        {
            0 => $"user={_dice.Of("ann", "a*", "*b*", "\"\"", "*")}",
            1 => $"n{_dice.Of("=", "!=", "<", ">", "<=", ">=")}{_dice.Of("1", "2.5", "-1", "10", "a")}",
            2 => $"{Field()}{_dice.Of("=", "!=")}{_dice.Of("*", "10", "ann", "\"a,b;c\"", "1*")}",
            3 => $"group IN (a, {_dice.Of("b", "c*", "\"x y\"")})",
            4 => _dice.Of("ann", "10", "\"10.0.0.1\"", "*nn*", "TERM(10.0.0.1)", "\"y z\"", "日本", "CASE(ann)"),
            5 => "tags=ann",
            6 => $"src={_dice.Of("10.0.0.0/8", "10.0.0.1", "10.*")}",
            _ => "group=a",
        };
    }
}
