using System.Globalization;
using CsCheck;
using Karst.Engine.Expressions;
using Karst.Engine.Functions;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;
using Microsoft.Data.Sqlite;

namespace Karst.Units.Engine;

/// <summary>Arithmetic, text and time functions against SQLite's, where both mean the same: made texts and numbers, one result a row.</summary>
public sealed class EvalOracleTests
{
    static readonly Gen<string> s_text = Gen.OneOf(Gen.Char["abxy %_-.A"].Array[0, 8].Select(static letters => new string(letters)), Gen.Char["aäöüß日x"].Array[0, 5].Select(static letters => new string(letters)));
    static readonly Gen<string> s_ascii = Gen.Char["abXYz 09_-.,"].Array[0, 8].Select(static letters => new string(letters));
    static readonly Gen<double> s_decimal = Gen.Int[-1_000_000, 1_000_000].Select(static whole => whole / 1000.0);
    static readonly Gen<double> s_number = Gen.OneOf(Gen.Int[-1000, 1000].Select(static whole => (double)whole), s_decimal, Gen.Double[-1e6, 1e6]);
    static readonly Gen<double> s_whole = Gen.Int[-100_000, 100_000].Select(static whole => (double)whole);
    static readonly Gen<double> s_small = Gen.Int[-9, 9].Select(static whole => (double)whole);
    static readonly Gen<double> s_positive = Gen.Double[0.001, 1e6];
    static readonly Gen<double> s_epoch = Gen.Int[31_536_000, 2_000_000_000].Select(static whole => (double)whole);

    [Theory]
    [InlineData("len(s)", "length($s)")]
    [InlineData("s.t", "$s || $t")]
    [InlineData("ltrim(s, \"xy\")", "ltrim($s, 'xy')")]
    [InlineData("rtrim(s, \"ab \")", "rtrim($s, 'ab ')")]
    [InlineData("trim(s, \"x-\")", "trim($s, 'x-')")]
    [InlineData("replace(s, \"ab\", \"[x]\")", "replace($s, 'ab', '[x]')")]
    [InlineData("if(like(s, t), \"yes\", \"no\")", "CASE WHEN $s LIKE $t THEN 'yes' ELSE 'no' END")]
    [InlineData("coalesce(nullif(s, t), \"same\")", "coalesce(nullif($s, $t), 'same')")]
    [InlineData("printf(\"%5s|%-7s|\", s, t)", "$s5 || '|' || $t7 || '|'")]
    public void Texts_are_SQLites(string eval, string sql) => Check(Gen.Select(s_text, s_text, static (s, t) => new Row(s, t, 0, 0)), eval, sql);

    [Theory]
    [InlineData("lower(s)", "lower($s)")]
    [InlineData("upper(s)", "upper($s)")]
    [InlineData("if(s<t AND NOT isnum(s) AND NOT isnum(t), \"less\", \"\")", "CASE WHEN $s < $t AND $plain THEN 'less' ELSE '' END")]
    public void Plain_texts_are_SQLites(string eval, string sql) => Check(Gen.Select(s_ascii, s_ascii, static (s, t) => new Row(s, t, 0, 0)), eval, sql);

    [Theory]
    [InlineData("substr(s, n)", "substr($s, $n)")]
    [InlineData("substr(s, n, abs(m))", "substr($s, $n, abs($m))")]
    public void Parts_of_texts_are_SQLites(string eval, string sql) => Check(Gen.Select(s_text, s_small, s_small, static (s, n, m) => new Row(s, "", n, m)), eval, sql);

    [Theory]
    [InlineData("n+m", "$n + $m")]
    [InlineData("n-m", "$n - $m")]
    [InlineData("n*m", "$n * $m")]
    [InlineData("n/m", "$n / $m")]
    [InlineData("-n", "-$n")]
    [InlineData("abs(n)", "abs($n)")]
    [InlineData("ceiling(n)", "ceil($n)")]
    [InlineData("floor(n)", "floor($n)")]
    [InlineData("max(n, m)", "max($n, $m)")]
    [InlineData("min(n, m)", "min($n, $m)")]
    [InlineData("if(n<m, 1, if(n=m, 2, 3))", "CASE WHEN $n < $m THEN 1 WHEN $n = $m THEN 2 ELSE 3 END")]
    public void Numbers_are_SQLites(string eval, string sql) => Check(Gen.Select(s_number, s_number, static (n, m) => new Row("", "", n, m)), eval, sql);

    // More digits than the numbers have: between two results C, whose printf Splunk names, rounds to even and SQLite away from zero.
    [Theory]
    [InlineData("printf(\"%.3f\", n)", "printf('%.3f', $n)")]
    [InlineData("printf(\"%+012.4f|%-12.5f|\", n, m)", "printf('%+012.4f|%-12.5f|', $n, $m)")]
    public void Printed_numbers_are_SQLites(string eval, string sql) => Check(Gen.Select(s_decimal, s_decimal, static (n, m) => new Row("", "", n, m)), eval, sql);

    [Theory]
    [InlineData("n%m", "CAST($n AS INTEGER) % CAST($m AS INTEGER)")]
    [InlineData("printf(\"%d|%5d|%-5d|%05d|%+d\", n, n, n, n, n)", "printf('%d|%5d|%-5d|%05d|%+d', $n, $n, $n, $n, $n)")]
    [InlineData("printf(\"%x|%X|%o\", abs(n), abs(n), abs(n))", "printf('%x|%X|%o', abs($n), abs($n), abs($n))")]
    [InlineData("tostring(abs(n), \"hex\")", "printf('0x%X', abs($n))")]
    [InlineData("bit_and(abs(n), abs(m))", "CAST(abs($n) AS INTEGER) & CAST(abs($m) AS INTEGER)")]
    [InlineData("bit_or(abs(n), abs(m))", "CAST(abs($n) AS INTEGER) | CAST(abs($m) AS INTEGER)")]
    public void Whole_numbers_are_SQLites(string eval, string sql) => Check(Gen.Select(s_whole, s_whole, static (n, m) => new Row("", "", n, m)), eval, sql);

    [Theory]
    [InlineData("sqrt(n)", "sqrt($n)")]
    [InlineData("ln(n)", "ln($n)")]
    [InlineData("log(n)", "log10($n)")]
    [InlineData("exp(n/1000000)", "exp($n/1000000)")]
    [InlineData("pow(n, 0.3)", "pow($n, 0.3)")]
    [InlineData("sin(n)", "sin($n)")]
    [InlineData("atan2(n, m)", "atan2($n, $m)")]
    public void Functions_of_numbers_are_SQLites(string eval, string sql) => Check(Gen.Select(s_positive, s_positive, static (n, m) => new Row("", "", n, m)), eval, sql);

    [Theory]
    [InlineData("strftime(n, \"%Y-%m-%d %H:%M:%S\")", "strftime('%Y-%m-%d %H:%M:%S', CAST($n AS INTEGER), 'unixepoch')")]
    [InlineData("strftime(n, \"%j %w %W\")", "strftime('%j %w %W', CAST($n AS INTEGER), 'unixepoch')")]
    [InlineData("relative_time(n, \"@d\")", "CAST(strftime('%s', CAST($n AS INTEGER), 'unixepoch', 'start of day') AS REAL)")]
    [InlineData("relative_time(n, \"@mon\")", "CAST(strftime('%s', CAST($n AS INTEGER), 'unixepoch', 'start of month') AS REAL)")]
    [InlineData("relative_time(n, \"-3d@y\")", "CAST(strftime('%s', CAST($n AS INTEGER), 'unixepoch', '-3 days', 'start of year') AS REAL)")]
    [InlineData("strptime(strftime(n, \"%F %T\"), \"%F %T\")", "CAST($n AS REAL)")]
    public void Times_are_SQLites(string eval, string sql) => Check(s_epoch.Select(static n => new Row("", "", n, 0)), eval, sql);

    sealed record Row(string S, string T, double N, double M);

    static void Check(Gen<Row> rows, string eval, string sql)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using (var pragma = connection.CreateCommand())
        {
            pragma.CommandText = "PRAGMA case_sensitive_like = ON";
            pragma.ExecuteNonQuery();
        }
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT " + sql;
        var expression = ExpressionBinder.Bind(SplParser.ParseEval(eval, new Span(0, eval.Length)));
        rows.Sample(
            row =>
            {
                command.Parameters.Clear();
                command.Parameters.AddWithValue("$s", row.S);
                command.Parameters.AddWithValue("$t", row.T);
                command.Parameters.AddWithValue("$n", row.N);
                command.Parameters.AddWithValue("$m", row.M);
                // SQLite pads by bytes.
                command.Parameters.AddWithValue("$s5", row.S.PadLeft(5));
                command.Parameters.AddWithValue("$t7", row.T.PadRight(7));
                command.Parameters.AddWithValue("$plain", !Value.FromText(row.S).TryNumber(out _) && !Value.FromText(row.T).TryNumber(out _));
                return Same(Evaluate(expression, row), command.ExecuteScalar());
            },
            iter: 2_000, threads: 1);
    }

    static Value Evaluate(BoundExpression expression, Row row)
    {
        var run = expression.Open(new RunContext { Now = 0 });
        run.Start(new Batch(1, [new Column("s", [Value.FromText(row.S)]), new Column("t", [Value.FromText(row.T)]), new Column("n", [Value.FromNumber(row.N)]), new Column("m", [Value.FromNumber(row.M)])]));
        return run.Evaluate(0);
    }

    static bool Same(Value value, object? other) => other switch
    {
        null or DBNull => value.IsNull,
        string text => value.ToString() == text,
        _ => value.TryNumber(out var number) && Convert.ToDouble(other, CultureInfo.InvariantCulture) is var expected && Math.Abs(number - expected) <= 1e-12 * Math.Max(1, Math.Abs(expected)),
    };
}
