using System.Runtime.CompilerServices;
using System.Text;
using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Data.Text;
using Fpe.Fuzz.Formats;

namespace Fpe.Runtime.Tests.Data.Text;

public sealed class TextClassesTests : IDisposable
{
    private static readonly TextOptions Options = new(new VocabularyTokenizer(WordVocabulary.Of("v", ["the", "black", "cat"]), UnknownWords.LeaveOut), Places: 3);

    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Lines_are_samples_with_classes_in_ordinal_order()
    {
        ClassifiedTexts texts = Read("pets\tthe cat\r\nZoo\tcat\n\n pets \tthe black black\"cat the\n");
        Assert.Equal(["Zoo", "pets"], texts.ClassNames);
        Assert.Equal((3, 3, 2, 0), (texts.Dataset.Count, texts.Dataset.FeatureCount, texts.Dataset.OutputCount, texts.CutSamples));
        Assert.Equal((1, 0, 1), (texts.Dataset.Label(0), texts.Dataset.Label(1), texts.Dataset.Label(2)));
        Assert.Equal([0f, 2, -1], texts.Dataset.Sample(0));
        Assert.Equal([2f, -1, -1], texts.Dataset.Sample(1));
        Assert.Equal([0f, 1, 0], texts.Dataset.Sample(2));
        Assert.Equal([new FeaturePart(0, 3, 3)], texts.Dataset.Parts);
    }

    [Fact]
    public void Fields_with_commas_can_be_in_quotes()
    {
        TextOptions options = Options with { Separator = FieldSeparator.Comma, TextColumn = 0, LabelColumn = 2, HasHeader = true };
        ClassifiedTexts texts = Read("text,\"a,b\",label\n\"the, cat\",x,a\n\"black \"\"cat\"\" the\",,\"b\"\"\"\ncat\tthe,\"\",\" a \"\n", options);
        Assert.Equal(["a", "b\""], texts.ClassNames);
        Assert.Equal((0, 1, 0), (texts.Dataset.Label(0), texts.Dataset.Label(1), texts.Dataset.Label(2)));
        Assert.Equal([2f, -1, -1], texts.Dataset.Sample(0));
        Assert.Equal([1f, 0, -1], texts.Dataset.Sample(1));
        Assert.Equal([2f, 0, -1], texts.Dataset.Sample(2));
        Assert.Equal([1f, 2, 0], Read("\"black cat\"\"\",,a\n\"black cat the\",,a\n", options).Dataset.Sample(0));
    }

    [Fact]
    public void Class_names_can_be_given()
    {
        TextOptions options = Options with { ClassNames = ["pets", "more", "Zoo"] };
        ClassifiedTexts texts = Read("Zoo\tcat\npets\tthe\n", options);
        Assert.Equal((3, 2, 0), (texts.Dataset.OutputCount, texts.Dataset.Label(0), texts.Dataset.Label(1)));
        Assert.Equal(options.ClassNames!, texts.ClassNames);
        var error = Assert.Throws<FileMislabelledException>(() => Read("Zoo\tcat\nzoo\tthe\n", options));
        Assert.Equal("d.tsv: line 2: 'zoo' is none of the 3 classes; correct it, or add it to the class names.", error.Message);
    }

    [Fact]
    public void Long_texts_are_cut_if_asked_for_and_counted()
    {
        const string Text = "a\tcat\nb\tthe black dog cat the\n";
        ClassifiedTexts texts = Read(Text, Options with { TooLong = TooLong.Cut });
        Assert.Equal(1, texts.CutSamples);
        Assert.Equal([0f, 1, 2], texts.Dataset.Sample(1));
        Assert.Equal(
            "d.tsv: line 2: the text has 4 tokens, but there are 3 places; use more places, or cut texts with TooLong.Cut.",
            Assert.Throws<FileUnsupportedException>(() => Read(Text)).Message);
    }

    [Theory]
    [InlineData("a\tcat\na cat\n", "line 2: 1 field, but the class is in column 0 and the text in column 1, counted from 0; correct the line, the columns or the separator, which is Tab.")]
    [InlineData("a\tcat\tx\n\na\tcat\n", "line 3: 2 fields, but 3 on line 1; correct the line.")]
    [InlineData("a\tcat\nb\tc\0at\n", "line 2: character 4 is a NUL, which text does not contain; the file is damaged or not a text file: fetch it again.")]
    public void Wrong_lines_are_named(string text, string problem) =>
        Assert.Equal($"d.tsv: {problem}", Assert.Throws<FileCorruptException>(() => Read(text)).Message);

    [Theory]
    [InlineData("a,cat\n\"b\"c,cat\n", "line 2: field 0 continues after its quotes; write each quote in it twice.")]
    [InlineData("a,\"the\" cat\n", "line 1: field 1 continues after its quotes; write each quote in it twice.")]
    [InlineData("a,the \"cat\"\n", "line 1: field 1 has a quote, but does not begin with one; put the field in quotes, and write each quote in it twice.")]
    [InlineData("a,cat,\n", null)]
    [InlineData("a,\"cat\"\"\n", "line 1: the quotes of field 1 do not end on this line, but line breaks within a field are not supported; replace them with spaces, or close the quotes.")]
    [InlineData("a,\"\n", "line 1: the quotes of field 1 do not end on this line, but line breaks within a field are not supported; replace them with spaces, or close the quotes.")]
    public void Wrong_quotes_are_named(string text, string? problem)
    {
        TextOptions options = Options with { Separator = FieldSeparator.Comma };
        if (problem is null)
            Assert.Equal(1, Read(text, options).Dataset.Count);
        else
            Assert.Equal($"d.tsv: {problem}", Assert.ThrowsAny<DataFileException>(() => Read(text, options)).Message);
    }

    [Fact]
    public void Texts_without_tokens_and_classes_without_names_are_named()
    {
        Assert.Equal(
            "d.tsv: line 2: the text 'dog' has no tokens, but a sample needs at least one; remove the line, or use a tokenizer that finds some.",
            Assert.Throws<FileUnsupportedException>(() => Read("a\tcat\na\tdog\n")).Message);
        Assert.Equal("d.tsv: line 1: the class is empty; write its name.", Assert.Throws<FileMislabelledException>(() => Read(" \tcat\n")).Message);
        Assert.Equal("d.tsv: it has no samples; each line must be one.", Assert.Throws<FileEmptyException>(() => Read("\n\n")).Message);
        Assert.Equal("d.tsv: it has no samples; each line must be one.", Assert.Throws<FileEmptyException>(() => Read("a\tb\n", Options with { HasHeader = true })).Message);
    }

    [Fact]
    public void Options_that_do_not_work_are_named()
    {
        AssertError("d.tsv: there is no tokenizer; pass one.", new TextOptions(null!, 1));
        AssertError("d.tsv: the number of places must be at least 1, but is 0.", Options with { Places = 0 });
        AssertError("d.tsv: the class in column 1 and the text in column 1 are not possible; pass two different columns, counted from 0.", Options with { LabelColumn = 1 });
        AssertError("d.tsv: the class in column 0 and the text in column -1 are not possible; pass two different columns, counted from 0.", Options with { TextColumn = -1 });
        AssertError("d.tsv: FieldSeparator 5 is not valid; pass Tab or Comma.", Options with { Separator = (FieldSeparator)5 });
        AssertError("d.tsv: there are no class names; pass at least one, or null for those in the file.", Options with { ClassNames = [] });
        AssertError("d.tsv: the class 'a' is there twice; remove one of them.", Options with { ClassNames = ["b", "a", "a"] });

        static void AssertError(string message, TextOptions options) =>
            Assert.Equal(message, Assert.Throws<DatasetException>(() => Read("a\tcat\n", options)).Message);
    }

    [Fact]
    public void A_tokenizer_that_leaves_its_vocabulary_is_named() => Assert.Equal(
        "d.tsv: token 1 of sample 0 is 7, but the 7 tokens of the vocabulary are 0 to 6; correct the token or the vocabulary.",
        Assert.Throws<DatasetException>(() => Read("a\tcat\n", new TextOptions(new Broken(), 3))).Message);

    [Fact]
    public void Files_are_read_in_every_usual_encoding_and_compressed()
    {
        TextOptions options = new(new HashingTokenizer(1 << 16, words: new(1, 1)), Places: 2);
        const string Text = "a\té 😀\nb\tx\n";
        float[] expected = [.. options.Tokenizer.Tokenize("é 😀").Select(token => (float)token)];
        byte[][] contents =
        [
            Encoding.UTF8.GetBytes(Text), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)],
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)], [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)],
        ];
        foreach (byte[] content in contents)
        {
            Assert.Equal(expected, TextClasses.Read(folder.Write("d.tsv", content), options).Dataset.Sample(0));
            Assert.Equal(expected, TextClasses.Read(folder.Write("d.tsv.gz", Gzip.Pack(content)), options).Dataset.Sample(0));
        }

        string path = folder.Write("d.tsv", Encoding.Latin1.GetBytes("a\tx\nb\té\n"));
        Assert.Equal(
            $"{path}: line 2: character 3 is not valid UTF-8; save the file as UTF-8, or fetch it again.",
            Assert.Throws<FileCorruptException>(() => TextClasses.Read(path, options)).Message);
        folder.Write("d.tsv", Encoding.Unicode.GetBytes(Text));
        Assert.Equal(
            $"{path}: line 1: every other byte is 0, as in UTF-16 text; save it as UTF-8.",
            Assert.Throws<FileUnsupportedException>(() => TextClasses.Read(path, options)).Message);
        folder.Write("d.tsv", Gzip.Pack(contents[0]));
        Assert.Equal(
            $"{path}: line 1: it is not a text with a sample per line: it is a gzip file; decompress it; a data file can stay compressed if its name ends in .gz.",
            Assert.Throws<FileUnsupportedException>(() => TextClasses.Read(path, options)).Message);
        Assert.Throws<FileMissingException>(() => TextClasses.Read(folder.PathOf("missing.tsv"), options));
    }

    [Fact]
    public void A_compressed_file_that_is_cut_anywhere_is_an_error()
    {
        byte[] whole = Gzip.Pack("a\tcat\nb\tthe cat\n"u8.ToArray());
        for (int length = 0; length < whole.Length; length++)
        {
            string cut = folder.Write("cut.tsv.gz", whole[..length]);
            Assert.ThrowsAny<DataFileException>(() => TextClasses.Read(cut, Options));
        }
    }

    [Fact]
    public void A_line_that_is_too_long_is_named() => Assert.Equal(
        "d.tsv: line 2: the line is longer than the maximum of 1048576 characters; check whether this is a file with a sample per line.",
        Assert.Throws<FileUnsupportedException>(() => Read($"a\tcat{new string(' ', (1 << 20) - 5)}\na\tcat{new string(' ', (1 << 20) - 4)}\n")).Message);

    [Fact]
    public void The_sections_are_read()
    {
        var options = new TextOptions(new HashingTokenizer(1 << 16, characters: new(3, 5)), Places: 256) { TooLong = TooLong.Cut };
        ClassifiedTexts texts = TextClasses.Read(Path.Combine(Repository(), "samples", "Paper", "Data", "sections.tsv.gz"), options);
        Assert.Equal((22_000, 54, 15), (texts.Dataset.Count, texts.ClassNames.Count, texts.CutSamples));
        Assert.Equal(("admin", "xfce", "devel"), (texts.ClassNames[0], texts.ClassNames[^1], texts.ClassNames[texts.Dataset.Label(0)]));
        int[] first = options.Tokenizer.Tokenize("one code quality tool to rule them all");
        Assert.Equal([.. first.Select(token => (float)token), .. Enumerable.Repeat(-1f, 256 - first.Length)], texts.Dataset.Sample(0));
    }

    private static ClassifiedTexts Read(string text, TextOptions? options = null) => TextClasses.Read(new StringReader(text), "d.tsv", options ?? Options);

    private static string Repository([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", ".."));

    private sealed class Broken : ITokenizer
    {
        public int Vocabulary => 7;

        public int Tokenize(ReadOnlySpan<char> text, Span<int> tokens)
        {
            tokens[1] = 7;
            return 2;
        }
    }
}
