using System.Text;
using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Data.Text;
using Fpe.Fuzz.Formats;
using Fpe.Runtime.Tests.Compute;

namespace Fpe.Runtime.Tests.Data.Text;

public sealed class VocabularyTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Words_are_numbered_as_in_the_file()
    {
        foreach (string text in new[] { "the\ncat\né😀\n", "\uFEFFthe\r\ncat\r\né😀" })
        {
            var words = WordVocabulary.Read(folder.Write("words.txt", Encoding.UTF8.GetBytes(text)));
            Assert.Equal(["the", "cat", "é😀"], words.Words);
            Assert.Equal((3, folder.PathOf("words.txt")), (words.Count, words.Name));
            Assert.Equal((true, 2), (words.TryFind("é😀", out int number), number));
            Assert.False(words.TryFind("dog", out _));
        }

        Assert.Equal(["a"], WordVocabulary.Read(folder.Write("words.gz", Gzip.Pack("a\n"u8.ToArray()))).Words);
    }

    [Theory]
    [InlineData("a\n\nb\n", "line 2: the line is empty, but each line must be one word; remove it.", typeof(FileCorruptException))]
    [InlineData("a\nb\na\n", "line 3: it is 'a', as line 1 is; remove one of them.", typeof(FileCorruptException))]
    [InlineData("a\nthe 123\n", "line 2: it is 'the 123', which contains white space, which divides words; keep one word of it.", typeof(FileUnsupportedException))]
    [InlineData("a\nb\nc\nd\n", "line 4: there are more than 3 words, which is the maximum; remove those that are rare.", typeof(FileOversizedException))]
    [InlineData("", "it has no words; each line must be one.", typeof(FileEmptyException))]
    [InlineData("<html>", "line 1: it is not a list of words: it is a web page (HTML or XML), which a server sent instead of the file; open it to see what is wrong, and fetch the file itself.", typeof(FileUnsupportedException))]
    [InlineData("ab\0\n", "line 1: character 3 is a NUL, which text does not contain; the file is damaged or not a text file: fetch it again.", typeof(FileCorruptException))]
    public void Wrong_lines_are_named(string text, string problem, Type type)
    {
        string path = folder.Write("words.txt", Encoding.UTF8.GetBytes(text));
        using ContentStream content = ContentStream.Open(path);
        DataFileException error = Assert.ThrowsAny<DataFileException>(() => WordVocabulary.Read(path, content, maximumSize: 3));
        Assert.Equal(($"{path}: {problem}", type), (error.Message, error.GetType()));
    }

    [Fact]
    public void Long_lines_and_other_encodings_are_named()
    {
        string path = folder.Write("words.txt", [.. "\uFEFFa\nb"u8, 0xE9, (byte)'\n']);
        Assert.Equal(
            $"{path}: line 2: character 2 is not valid UTF-8; save the file as UTF-8, or fetch it again.",
            Assert.Throws<FileCorruptException>(() => WordVocabulary.Read(path)).Message);
        folder.Write("words.txt", new byte[1025].Select(_ => (byte)'x').ToArray());
        Assert.Equal(
            $"{path}: line 1: the line is longer than the maximum of 1024 characters; check whether this is a list with one word per line.",
            Assert.Throws<FileUnsupportedException>(() => WordVocabulary.Read(path)).Message);
        Assert.Throws<FileMissingException>(() => WordVocabulary.Read(folder.PathOf("missing.txt")));
    }

    [Fact]
    public void Frequent_words_come_first_and_equals_in_ordinal_order()
    {
        string[] texts = ["b a The the", "c B the é", "a  b"];
        Assert.Equal(["b", "the", "a", "c", "é"], WordVocabulary.Counted("v", texts).Words);
        Assert.Equal(["b", "the", "a"], WordVocabulary.Counted("v", texts, minimumCount: 2).Words);
        Assert.Equal(["b", "the"], WordVocabulary.Counted("v", texts, maximumSize: 2).Words);
        Assert.Equal(["a", "b", "the", "B", "The", "c", "é"], WordVocabulary.Counted("v", texts, rules: new(LowerCase: false)).Words);
        Assert.Equal(["c"], WordVocabulary.Counted("v", ["c++"], rules: new(WordDivision.LettersAndDigits)).Words);
        Assert.Equal([new string('x', 1000)], WordVocabulary.Counted("v", [new string('X', 1000)]).Words);
    }

    [Theory]
    [InlineData("saved.txt")]
    [InlineData("saved.txt.gz")]
    public void A_saved_vocabulary_is_read_again(string file)
    {
        var words = WordVocabulary.Counted("v", ["b a The the 😀 \uD83D"]);
        Assert.Equal(["the", "\uFFFD", "a", "b", "😀"], words.Words.Order(StringComparer.Ordinal).OrderBy(word => Array.IndexOf(["the", "\uFFFD"], word) is var i && i < 0 ? 2 : i));
        words.Save(folder.PathOf(file));
        Assert.Equal(words.Words, WordVocabulary.Read(folder.PathOf(file)).Words);
        Assert.Equal(file.EndsWith(".gz", StringComparison.Ordinal), File.ReadAllBytes(folder.PathOf(file))[0] == 0x1F);
    }

    [Fact]
    public void Words_that_make_no_vocabulary_are_named()
    {
        AssertError("v: it has no words; pass at least one.", () => WordVocabulary.Of("v", []));
        AssertError("v: word 1 is 'a', as word 0 is; remove one of them.", () => WordVocabulary.Of("v", ["a", "a"]));
        AssertError("v: word 1 is '', which is not a word; remove it.", () => WordVocabulary.Of("v", ["a", ""]));
        AssertError("v: word 0 is 'a\u00A0b', which contains white space, which divides words; keep one word of it.", () => WordVocabulary.Of("v", ["a\u00A0b"]));
        AssertError("v: no word occurs 2 times in the texts; use a smaller minimum count, or more texts.", () => WordVocabulary.Counted("v", ["a b"], 2));
        AssertError("v: the minimum count of a word must be at least 1, but is 0.", () => WordVocabulary.Counted("v", ["a"], 0));
        AssertError("v: the maximum number of words must be at least 1, but is -1.", () => WordVocabulary.Counted("v", ["a"], 1, -1));
    }

    [Fact]
    public void Unknown_words_have_the_last_token_or_are_left_out()
    {
        var words = WordVocabulary.Of("v", ["the", "cat", "é"]);
        var own = new VocabularyTokenizer(words);
        Assert.Equal(4, own.Vocabulary);
        Assert.Equal([0, 3, 1, 2, 3], own.Tokenize("The black  CAT\nÉ cat."));
        var leftOut = new VocabularyTokenizer(words, UnknownWords.LeaveOut);
        Assert.Equal(3, leftOut.Vocabulary);
        Assert.Equal([0, 1, 2], leftOut.Tokenize("The black  CAT\nÉ cat."));
        Assert.Equal([0, 1, 2, 1], new VocabularyTokenizer(words, UnknownWords.LeaveOut, new(WordDivision.LettersAndDigits)).Tokenize("The black  CAT\nÉ cat."));
        Assert.Equal([3, 3, 2], new VocabularyTokenizer(words, rules: new(LowerCase: false)).Tokenize("The CAT é"));
    }

    [Fact]
    public void Long_words_and_lone_surrogates_are_found()
    {
        string longWord = new('ß', 400);
        var tokenizer = new VocabularyTokenizer(WordVocabulary.Of("v", [longWord, "\uFFFD"]));
        Assert.Equal([0, 1, 2], tokenizer.Tokenize($"{longWord} \uD83D {longWord}x"));
    }

    [Fact]
    public void Tokens_take_no_memory()
    {
        var tokenizer = new VocabularyTokenizer(WordVocabulary.Of("v", ["the", "cat", new string('x', 300)]));
        int[] tokens = new int[10];
        int count = 0;
        Assert.Equal(0, Allocations.Fewest(() => count = tokenizer.Tokenize("The CAT is é", tokens)));
        Assert.Equal(4, count);
    }

    [Fact]
    public void Words_that_are_never_found_are_named()
    {
        AssertError(
            "v: word 1 is 'The', which is never found in words between white space, in lower case; remove the word, or use other rules.",
            () => new VocabularyTokenizer(WordVocabulary.Of("v", ["a", "The"])));
        AssertError(
            "v: word 0 is 'c++', which is never found in words of letters and digits; remove the word, or use other rules.",
            () => new VocabularyTokenizer(WordVocabulary.Of("v", ["c++"]), rules: new(WordDivision.LettersAndDigits, LowerCase: false)));
        AssertError(
            "v: word 0 is '\uFFFD', which is never found in words between white space; remove the word, or use other rules.",
            () => new VocabularyTokenizer(WordVocabulary.Of("v", ["\uD83D"]), rules: new(LowerCase: false)));
        AssertError("v: UnknownWords 2 is not valid; pass OwnToken or LeaveOut.", () => new VocabularyTokenizer(WordVocabulary.Of("v", ["a"]), (UnknownWords)2));
    }

    [Fact]
    public void Texts_become_samples()
    {
        var tokenizer = new VocabularyTokenizer(WordVocabulary.Of("v", ["the", "cat"]));
        TokenRows rows = tokenizer.ToRows("texts", 2, ["the", "a cat", "the cat the cat"], TooLong.Cut);
        Assert.Equal((3, 2, 3, 1), (rows.Count, rows.Places, rows.Vocabulary, rows.CutSamples));
        var dataset = Dataset.OfClasses("d", rows, [0, 0, 0], 1);
        Assert.Equal([0f, -1], dataset.Sample(0));
        Assert.Equal([2f, 1], dataset.Sample(1));
        Assert.Equal([0f, 1], dataset.Sample(2));
        AssertError("texts: sample 1 has no tokens; pass at least one, or remove the sample.", () => tokenizer.ToRows("texts", 2, ["the", " "]));
        AssertError(
            "texts: sample 0 has 300 tokens, but there are 290 places; use more places, or cut samples with TooLong.Cut.",
            () => tokenizer.ToRows("texts", 290, [string.Join(' ', Enumerable.Repeat("cat", 300))]));
    }

    private static void AssertError(string message, Func<object> action) => Assert.Equal(message, Assert.Throws<DatasetException>(action).Message);
}
