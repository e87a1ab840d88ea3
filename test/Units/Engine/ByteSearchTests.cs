using System.Text;
using CsCheck;
using Karst.Engine.Search;

namespace Karst.Units.Engine;

public sealed class ByteSearchTests
{
    /// <summary>Literals are found where the platform's own search, which is slower, finds them, whatever the length of the text and the alignment in it.</summary>
    [Fact]
    public void A_literal_is_found_where_a_plain_search_finds_it() =>
        Gen.Select(Gen.Char["abAB\"é"].Array[0, 300], Gen.Char["abAB\"é"].Array[1, 12], Gen.Int[0, 300]).Sample(
            (text, wanted, at) =>
            {
                var literal = Encoding.UTF8.GetBytes(wanted);
                var bytes = Encoding.UTF8.GetBytes(new string(text).Insert(at % (text.Length + 1), at % 3 == 0 ? new string(wanted) : ""));
                Assert.Equal(bytes.AsSpan().IndexOf(literal), ByteSearch.IndexOf(bytes, literal, Anchors.Of(literal)));
                var folded = Folded(literal);
                Assert.Equal(Folded(bytes).AsSpan().IndexOf(folded), ByteSearch.IndexOfFolded(bytes, folded));
            },
            iter: 20_000);

    [Fact]
    public void Only_ascii_letters_have_a_lower_case() =>
        Gen.Byte.Array[0, 70].Sample(bytes => Assert.Equal(bytes.Select(one => one is >= (byte)'A' and <= (byte)'Z' ? (byte)(one + 32) : one), Folded(bytes)));

    static byte[] Folded(byte[] bytes)
    {
        var folded = new byte[bytes.Length];
        ByteSearch.Fold(bytes, folded);
        return folded;
    }
}
