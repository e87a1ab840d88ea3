using Karst.Units.App;

namespace Karst.Units.Engine;

/// <summary>Collections of the KV store, from one search to the next.</summary>
public sealed class CollectionTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("karst-collections").FullName;

    public CollectionTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "app", "default"));
        File.WriteAllText(Path.Combine(_folder, "app", "default", "transforms.conf"), """
            [seen]
            external_type = kvstore
            collection = seen_users
            fields_list = _key, user, n

            [anything]
            external_type = kvstore
            collection = any
            """);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Rows_take_the_place_of_all_records()
    {
        Search("| makeresults format=csv data=\"user,n,other\nann,1,x\nbob,2,y\" | outputlookup seen");
        Search("| makeresults format=csv data=\"user,n\ncyd,3\" | outputlookup seen");
        Assert.Equal("""{"user":"cyd","n":"3"}""", Search("| inputlookup seen | fields user n"));
    }

    [Fact]
    public void Appended_rows_change_the_records_of_their_keys()
    {
        Search("| makeresults format=csv data=\"user,n\nann,1\nbob,2\" | outputlookup seen");
        Search("| inputlookup seen where user=bob | eval n=9 | outputlookup append=t seen");
        Search("| makeresults | eval user=\"cyd\" | outputlookup append=t seen");
        Assert.Equal("""
            {"user":"ann","n":"1"}
            {"user":"bob","n":"9"}
            {"user":"cyd"}
            """, Search("| inputlookup seen | fields user n"));
    }

    [Fact]
    public void A_field_gives_the_key()
    {
        Search("| makeresults format=csv data=\"user,n\nann,1\nbob,2\" | outputlookup seen key_field=user");
        Search("| makeresults format=csv data=\"user,n\nbob,3\ncyd,4\" | outputlookup seen key_field=user");
        Assert.Equal("""
            {"_key":"ann","user":"ann","n":"1"}
            {"_key":"bob","user":"bob","n":"3"}
            {"_key":"cyd","user":"cyd","n":"4"}
            """, Search("| inputlookup seen"));
    }

    [Fact]
    public void Rows_are_looked_up()
    {
        Search("| makeresults format=csv data=\"user,n\nann,1\" | outputlookup seen");
        Assert.Equal("""{"user":"ann","n":"1"}""", Search("| makeresults | eval user=\"ann\" | lookup seen user OUTPUT n | table user n"));
    }

    [Fact]
    public void Several_values_and_empty_texts_stay()
    {
        Search("| makeresults | eval a=split(\"x,y\",\",\"), b=\"\" | fields a b | outputlookup anything");
        Assert.Contains("""
            "a":["x","y"],"b":""
            """.Trim(), Search("| inputlookup anything"), StringComparison.Ordinal);
    }

    [Fact]
    public void No_rows_empty_the_collection_unless_told_otherwise()
    {
        Search("| makeresults | eval user=\"ann\" | outputlookup seen");
        Search("| makeresults | where 1=2 | outputlookup override_if_empty=false seen");
        Assert.Equal("""{"count":"1"}""", Search("| inputlookup seen | stats count"));
        Search("| makeresults | where 1=2 | outputlookup seen");
        Assert.Equal("""{"count":"0"}""", Search("| inputlookup seen | stats count"));
    }

    [Fact]
    public void A_store_that_is_none_is_named()
    {
        File.WriteAllText(Path.Combine(_folder, "collections.db"), "no database at all, only a text that is long enough to be read as one");
        var (code, _, errors) = Cli.Run("search", "| inputlookup seen", "--app", Path.Combine(_folder, "app"), "--state", _folder);
        Assert.NotEqual(0, code);
        Assert.Contains("the lookup `seen` cannot be used", errors, StringComparison.Ordinal);
    }

    string Search(string search)
    {
        var (code, output, errors) = Cli.Run("search", search, "--app", Path.Combine(_folder, "app"), "--state", _folder, "--format", "jsonl");
        Assert.True(code == 0, errors);
        return output.TrimEnd().ReplaceLineEndings("\n");
    }
}
