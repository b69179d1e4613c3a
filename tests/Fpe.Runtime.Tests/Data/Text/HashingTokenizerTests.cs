using System.Text;
using Fpe.Data;
using Fpe.Data.Text;
using Fpe.Runtime.Tests.Compute;

namespace Fpe.Runtime.Tests.Data.Text;

public class HashingTokenizerTests
{
    private const int Vocabulary = 1 << 16;

    /// <summary>The vectors of docs/data.md; the first ones are published with FNV-1a.</summary>
    [Theory]
    [InlineData("", 0xCBF29CE484222325, 61_392)]
    [InlineData("61", 0xAF63DC4C8601EC8C, 33_442)]
    [InlineData("666F6F626172", 0x85944171F73967E8, 11_298)]
    [InlineData("FE6361", 0x023ACB1BE95DBDA5, 17_445)]
    [InlineData("6174FF", 0xE7422E19055F2B95, 43_664)]
    [InlineData("FD626967FD636174", 0x62AFABC387ACC893, 45_012)]
    [InlineData("C3A9", 0x0AC21707B7181E01, 40_277)]
    public void The_hash_is_the_one_that_is_stated(string bytes, ulong hash, int token)
    {
        ulong computed = Convert.FromHexString(bytes).Aggregate(StableHash.Start, StableHash.Add);
        Assert.Equal((hash, token), (computed, StableHash.Below(computed, Vocabulary)));
    }

    // Computed by a program in another language, from the description in docs/data.md.
    [Fact]
    public void Characters_of_marked_words() => Assert.Equal(
        [17445, 60040, 39138, 22341, 62557, 43664, 48309],
        new HashingTokenizer(Vocabulary, characters: new(3, 5)).Tokenize("Cat  é"));

    [Fact]
    public void Characters_and_words_in_the_order_of_their_ends() => Assert.Equal(
        [20783, 28263, 14922, 50110, 15164, 16676, 53547, 3863, 6635, 30473, 20141, 33442, 8215, 52739, 31281, 45012, 20478],
        new HashingTokenizer(Vocabulary, characters: new(1, 2), words: new(1, 2)).Tokenize("Big cat"));

    [Fact]
    public void Characters_over_all_words() => Assert.Equal(
        [33208, 28234, 7916, 62030, 57351, 8090, 55989, 18898, 39138],
        new HashingTokenizer(Vocabulary, characters: new(3, 4), marksWords: false).Tokenize(" Big cat\t"));

    [Fact]
    public void Words_as_they_are_written() => Assert.Equal(
        [65390, 3418, 20478],
        new HashingTokenizer(Vocabulary, words: new(1, 2), rules: new(LowerCase: false)).Tokenize("Big cat"));

    [Fact]
    public void Characters_beyond_ASCII_and_16_bits() => Assert.Equal(
        [64406, 11506, 51992, 59939, 62050, 55299, 5602, 36320],
        new HashingTokenizer(Vocabulary, characters: new(2, 3)).Tokenize("ÀB 😀"));

    [Fact]
    public void N_grams_are_those_of_a_plain_reference()
    {
        var random = new Random(1);
        const string Characters = "abCÉé \t\u00A0ǅß😀\uD83D.";
        for (int round = 0; round < 500; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Characters[random.Next(Characters.Length)]));
            GramSizes? characters = round % 3 == 0 ? null : Sizes(random), words = round % 3 == 1 ? null : Sizes(random);
            bool marksWords = round % 2 == 0, lowerCase = round % 5 < 3;
            var tokenizer = new HashingTokenizer(1000, characters, words, new WordRules(LowerCase: lowerCase), marksWords);
            Assert.Equal(Reference(text, 1000, characters, words, lowerCase, marksWords), tokenizer.Tokenize(text));
        }
    }

    [Fact]
    public void Lone_surrogates_are_replacement_characters()
    {
        var tokenizer = new HashingTokenizer(Vocabulary, characters: new(1, 3), words: new(1, 1));
        Assert.Equal(tokenizer.Tokenize("a\uFFFDb \uFFFD"), tokenizer.Tokenize("a\uD83Db \uDE00"));
        Assert.NotEqual(tokenizer.Tokenize("😀"), tokenizer.Tokenize("\uFFFD\uFFFD"));
    }

    [Fact]
    public void Only_letters_and_digits_are_words_if_asked_for()
    {
        var tokenizer = new HashingTokenizer(Vocabulary, words: new(1, 1), rules: new(WordDivision.LettersAndDigits));
        Assert.Equal(
            new HashingTokenizer(Vocabulary, words: new(1, 1)).Tokenize("perl c 3 naı\u0308ve 𝒳 x"),
            tokenizer.Tokenize("(Perl) c++/3; naı\u0308ve—𝒳\uD83Dx"));
    }

    [Fact]
    public void Tokens_that_do_not_fit_are_counted()
    {
        var tokenizer = new HashingTokenizer(Vocabulary, characters: new(3, 5));
        int[] all = tokenizer.Tokenize("a longer description"), some = [-7, -7, -7, -7];
        Assert.Equal(all.Length, tokenizer.Tokenize("a longer description", some.AsSpan(0, 3)));
        Assert.Equal([.. all[..3], -7], some);
        Assert.Equal(0, tokenizer.Tokenize(" \n", some));
    }

    [Fact]
    public void Tokens_take_no_memory()
    {
        var tokenizer = new HashingTokenizer(Vocabulary, characters: new(1, 5), words: new(1, 3));
        string text = string.Concat(Enumerable.Repeat("Some Words, é and 😀 ", 50));
        var tokens = new int[10_000];
        int count = 0;
        Assert.Equal(0, Allocations.Fewest(() => count = tokenizer.Tokenize(text, tokens)));
        Assert.InRange(count, 3000, tokens.Length);
    }

    [Fact]
    public void Tokens_are_spread_over_the_whole_vocabulary()
    {
        // 100,000 balls in 1,000 bins: 100 each, with a deviation of 10
        var counts = new int[1000];
        var tokenizer = new HashingTokenizer(counts.Length, words: new(1, 1));
        for (int i = 0; i < 100_000; i++)
            counts[tokenizer.Tokenize($"word{i}")[0]]++;
        double variance = counts.Average(count => (count - 100.0) * (count - 100.0));
        Assert.InRange(variance, 80, 120);
        Assert.Equal([0], new HashingTokenizer(1, words: new(1, 1)).Tokenize("x"));
        Assert.InRange(new HashingTokenizer(TokenRows.MaximumVocabulary, words: new(1, 1)).Tokenize("x")[0], 0, TokenRows.MaximumVocabulary - 1);
    }

    [Fact]
    public void What_is_no_tokenizer_is_named()
    {
        AssertError("HashingTokenizer: a vocabulary of 0 tokens is not valid; it must be from 1 to 16777216.", () => new HashingTokenizer(0, new(1, 1)));
        AssertError("HashingTokenizer: there are no n-grams; pass the sizes of those of characters, of words, or both.", () => new HashingTokenizer(9));
        AssertError("HashingTokenizer: n-grams of 0 to 3 characters are not possible; use sizes from 1 to 32, the smaller one first.", () => new HashingTokenizer(9, new(0, 3)));
        AssertError("HashingTokenizer: n-grams of 3 to 2 words are not possible; use sizes from 1 to 32, the smaller one first.", () => new HashingTokenizer(9, words: new(3, 2)));
        AssertError("HashingTokenizer: n-grams of 1 to 33 characters are not possible; use sizes from 1 to 32, the smaller one first.", () => new HashingTokenizer(9, new(1, 33)));
        AssertError("HashingTokenizer: WordDivision 2 is not valid; pass WhiteSpace or LettersAndDigits.", () => new HashingTokenizer(9, new(1, 1), rules: new((WordDivision)2)));
    }

    private static void AssertError(string message, Func<object> action) => Assert.Equal(message, Assert.Throws<DatasetException>(action).Message);

    private static GramSizes Sizes(Random random) => random.Next(1, 4) is var from ? new(from, from + random.Next(3)) : default;

    /// <summary>Lists of symbols as bytes, and every n-gram hashed from its beginning.</summary>
    private static List<int> Reference(string text, int vocabulary, GramSizes? characters, GramSizes? words, bool lowerCase, bool marksWords)
    {
        var tokens = new List<int>();
        List<(byte[] Bytes, bool IsMark)> symbols = [], wordSymbols = [];
        foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            byte[][] runes = [.. word.EnumerateRunes().Select(rune => Encoding.UTF8.GetBytes((lowerCase ? Rune.ToLowerInvariant(rune) : rune).ToString()))];
            List<(byte[], bool)> own = [.. runes.Select(rune => (rune, false))];
            if (marksWords)
            {
                symbols.Clear();
                own = [([0xFE], true), .. own, ([0xFF], true)];
            }
            else if (wordSymbols.Count > 0)
            {
                own.Insert(0, ([0x20], false));
            }

            foreach ((byte[], bool) symbol in own)
            {
                symbols.Add(symbol);
                AddEnding(symbols, characters);
            }

            wordSymbols.Add(([0xFD, .. runes.SelectMany(rune => rune)], false));
            AddEnding(wordSymbols, words);
        }

        return tokens;

        void AddEnding(List<(byte[] Bytes, bool IsMark)> all, GramSizes? sizes)
        {
            for (int n = Math.Min(all.Count, sizes?.To ?? 0); n >= sizes?.From; n--)
            {
                if (n > 1 || !all[^1].IsMark)
                    tokens.Add(StableHash.Below(all[^n..].SelectMany(symbol => symbol.Bytes).Aggregate(StableHash.Start, StableHash.Add), vocabulary));
            }
        }
    }
}
