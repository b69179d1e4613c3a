using System.IO.Compression;
using System.Text;
using Fpe.Data.Files;
using FsCheck;
using FsCheck.Fluent;

namespace Fpe.Tables.Tests;

public sealed class CsvTableTests : IDisposable
{
    private static readonly TableSchema Schema = new(new NumberColumn("size"), new OneHotColumn("colour")) { Target = new ClassColumn("kind") };

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Columns_are_chosen_by_name_in_the_order_of_the_schema()
    {
        Table table = Read("colour,id,kind,size\nred,1,a,1.5\n\"blue, or so\",2, b ,-2e3\n\n\"blue, or so\",3,a,7");
        TableEncoding encoding = TableEncoding.Learn(table);
        Assert.Equal(["size", "colour = blue, or so", "colour = red"], encoding.FeatureNames);
        Assert.Equal([1.5f, 0, 1, -2000, 1, 0, 7, 1, 0], encoding.Rows(table));
        Assert.Equal(["a", "b"], encoding.TargetNames);
        Assert.Equal([0, 1, 0], Enumerable.Range(0, 3).Select(encoding.Apply(table).Label));
        Assert.Equal([FilePlace.Line(2), FilePlace.Line(3), FilePlace.Line(5)], Enumerable.Range(0, 3).Select(table.PlaceOf));
    }

    [Theory]
    [InlineData("size,colour,kind\n1,red,a\nx,red,a", "line 3, column 1 (size): 'x' is not a number; correct it, list it in CsvOptions.MissingMarks if it marks a missing value, or use the column as a category.")]
    [InlineData("size,colour,kind\nNaN,red,a", "line 2, column 1 (size): 'NaN' is not a number; if it marks a missing value, list it in CsvOptions.MissingMarks.")]
    [InlineData("size,colour,kind\n1e39,red,a", "line 2, column 1 (size): '1e39' is not a finite 32-bit number; correct it, or use another unit for the column.")]
    [InlineData("size;colour;kind\n1,5;red;a", "line 2, column 1 (size): '1,5' is not a number with a decimal point; set CsvOptions.DecimalComma if numbers have decimal commas, or correct it.")]
    [InlineData("kind,size,colour\n\"a\nb\",1,red\na,1.2.3,red", "line 4, column 2 (size): '1.2.3' is not a number; correct it, list it in CsvOptions.MissingMarks if it marks a missing value, or use the column as a category.")]
    public void Values_that_are_no_numbers_are_named(string text, string message) =>
        Assert.Equal($"t.csv: {message}", Assert.Throws<TableValueException>(() => Read(text)).Message);

    [Theory]
    [InlineData("size,colour,kind\n1,red,a\n,red,a", "line 3, column 1 (size): the value is missing; fill it in, or give the column of the schema Missing.Mean, Missing.Median, Missing.Constant or Missing.DropRow.")]
    [InlineData("size,colour,kind\n1,\" \",a", "line 2, column 2 (colour): the value is missing; fill it in, or give the column of the schema Missing.Category or Missing.DropRow.")]
    [InlineData("size,colour,kind\n1,red,", "line 2, column 3 (kind): the value is missing; fill it in, or give the column of the schema Missing.DropRow.")]
    public void Missing_values_are_refused_by_default(string text, string message)
    {
        var error = Assert.Throws<MissingValueException>(() => Read(text));
        Assert.Equal($"t.csv: {message}", error.Message);
        Assert.Equal(FilePlaceUnit.Line, error.Place.Unit);
    }

    [Theory]
    [InlineData("size,colour,kind\n1,red\n", "line 2: 2 fields, but the header on line 1 has 3 columns, separated by commas; correct the line, or set CsvOptions.Delimiter.")]
    [InlineData("\nsize,colour,kind\n1,red,a\n1,red,a,b\n", "line 4: 4 fields, but the header on line 2 has 3 columns, separated by commas; correct the line, or set CsvOptions.Delimiter.")]
    [InlineData("size,colour,kind,note\n1,red,a,5\" pipe\n2,red,a,6\" pipe\n", "line 2: field 4 has a quote, but does not begin with one; put the field in quotes, and write each quote in it twice.")]
    [InlineData("size,colour,kind\n1,\"red\"s,a\n", "line 2: field 2 continues after its quotes; write each quote in it twice.")]
    [InlineData("size,colour,kind\n1,\"red,a\n2,red,a\n", "line 2: field 2 has quotes that are not closed; close them.")]
    public void Lines_that_are_no_rows_are_corrupt(string text, string message) =>
        Assert.Equal($"t.csv: {message}", Assert.Throws<FileCorruptException>(() => Read(text)).Message);

    [Theory]
    [InlineData("size,color,kind\n1,red,a", "there is no column 'colour'; its 3 columns are 'size', 'color', 'kind'.")]
    [InlineData("size,colour,kind,size\n1,red,a,2", "columns 1 and 4 are both named 'size'; rename one of them.")]
    public void Columns_have_to_be_there_once(string text, string message) =>
        Assert.Equal($"t.csv: {message}", Assert.Throws<TableColumnException>(() => Read(text)).Message);

    [Fact]
    public void Files_without_rows_are_empty()
    {
        Assert.Equal("t.csv: it has no lines; the first must have the names of the columns.", Assert.Throws<FileEmptyException>(() => Read("\n\n")).Message);
        Assert.Equal("t.csv: it has no rows; there must be at least one.", Assert.Throws<FileEmptyException>(() => Read("size,colour,kind\n")).Message);
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Delimiters_are_detected(char delimiter)
    {
        string text = "size,colour,kind,note\n1,red,a,\"x;y,z|\tw\"\n2,blue,b,none".Replace(',', delimiter);
        Assert.Equal(2, Read(text).Count);
        Assert.Equal(2, Read(text, new CsvOptions { Delimiter = delimiter }).Count);
    }

    [Fact]
    public void A_file_that_two_delimiters_divide_is_not_guessed()
    {
        const string Text = "1,5;red;a\n2,5;blue;b\n";
        var options = new CsvOptions { ColumnNames = ["size", "colour", "kind"], DecimalComma = true };
        Assert.Equal("t.csv: line 1: its lines can be separated by commas or by semicolons; set CsvOptions.Delimiter.", Assert.Throws<FileUnsupportedException>(() => Read(Text, options)).Message);
        Table table = Read(Text, options with { Delimiter = ';' });
        Assert.Equal([1.5f, 0, 1, 2.5f, 1, 0], TableEncoding.Learn(table).Rows(table));
    }

    [Fact]
    public void Marks_of_missing_values_are_those_that_are_listed()
    {
        var schema = new TableSchema(new NumberColumn("size") { Missing = Missing.Constant(-1) }, new OneHotColumn("colour") { Missing = Missing.Category("none") });
        using var text = new StringReader("size,colour\n?,NA\n 3 ,\"?\"\n,red\n");
        Table table = CsvTable.Read(text, "t.csv", schema, new CsvOptions { MissingMarks = ["?"] });
        Assert.Equal(["size", "colour = NA", "colour = none", "colour = red"], TableEncoding.Learn(table).FeatureNames);
        Assert.Equal([-1, 1, 0, 0, 3, 0, 1, 0, -1, 0, 0, 1], TableEncoding.Learn(table).Rows(table));
    }

    [Fact]
    public void Rows_without_a_value_are_left_out_and_counted_if_asked_for()
    {
        var schema = new TableSchema(new NumberColumn("size") { Missing = Missing.DropRow }) { Target = new ClassColumn("kind") { Missing = Missing.DropRow } };
        using var text = new StringReader("size,kind\n1,a\n,lost\n2,\n3,b\n");
        Table table = CsvTable.Read(text, "t.csv", schema);
        Assert.Equal((2, 2), (table.Count, table.DroppedRows));
        Assert.Equal(["a", "b"], TableEncoding.Learn(table).TargetNames);
        using var none = new StringReader("size,kind\n,a\n");
        Assert.Equal(
            "t.csv: it has no rows that can be used: all 1 lack a value and were left out by Missing.DropRow; choose another policy.",
            Assert.Throws<FileEmptyException>(() => CsvTable.Read(none, "t.csv", schema)).Message);
    }

    [Fact]
    public void Encodings_and_compression_are_recognised()
    {
        const string Text = "size,colour,kind\n1,rouge,é\n2,rot,ü\n";
        byte[] utf16 = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Text)];
        byte[] marked = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Text)];
        foreach (string path in new[] { folder.Write("16.csv", utf16), folder.Write("8.csv", marked), folder.Write("8.csv.gz", Compress(marked)) })
            Assert.Equal(["é", "ü"], TableEncoding.Learn(CsvTable.Read(path, Schema)).TargetNames!);

        string latin = folder.Write("latin.csv", Encoding.Latin1.GetBytes(Text));
        Assert.Equal($"{latin}: line 2: character 9 is not valid UTF-8; save the file as UTF-8, or fetch it again.", Assert.Throws<FileCorruptException>(() => CsvTable.Read(latin, Schema)).Message);
        string unmarked = folder.Write("unmarked.csv", Encoding.Unicode.GetBytes(Text));
        Assert.StartsWith($"{unmarked}: line 1: character 2 is a NUL", Assert.Throws<FileUnsupportedException>(() => CsvTable.Read(unmarked, Schema)).Message, StringComparison.Ordinal);
        string page = folder.Write("page.csv", "<html>");
        Assert.StartsWith($"{page}: line 1: it is not a text of comma-separated values: it is a web page", Assert.Throws<FileUnsupportedException>(() => CsvTable.Read(page, Schema)).Message, StringComparison.Ordinal);
        byte[] cut = Compress(marked)[..^5];
        Assert.ThrowsAny<DataFileException>(() => CsvTable.Read(folder.Write("cut.csv.gz", cut), Schema));
        Assert.Throws<FileMissingException>(() => CsvTable.Read(folder.PathOf("none.csv"), Schema));
    }

    [Fact]
    public void A_field_that_never_ends_is_refused() => Assert.Equal(
        "t.csv: line 2: the line is longer than the maximum of 16777216 characters; check whether quotes are closed, and whether this is a file of comma-separated values.",
        Assert.Throws<FileUnsupportedException>(() => Read("size,colour,kind\n1,\"" + new string('x', (1 << 24) + 1))).Message);

    [Theory]
    [InlineData('"')]
    [InlineData('.')]
    [InlineData('é')]
    [InlineData('\n')]
    public void Some_characters_cannot_separate(char delimiter) =>
        Assert.StartsWith($"t.csv: Delimiter '{delimiter}' cannot separate fields;", Assert.Throws<TableColumnException>(() => Read("size", new CsvOptions { Delimiter = delimiter })).Message, StringComparison.Ordinal);

    /// <summary>Any texts come back as they were written, whatever the line ends, quotes, delimiter and byte order mark, with their line.</summary>
    [Fact]
    public void What_is_written_is_read()
    {
        char[] characters = ['a', 'b', ' ', ',', ';', '\t', '|', '"', '\n', '\r', 'é', '0', '.', '\u2028'];
        Arbitrary<string[]> texts = Gen.ArrayOf(Gen.ArrayOf(Gen.Elements(characters)).Select(text => "x" + new string(text) + "y")).Where(rows => rows.Length > 0).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(texts, Gen.Elements("\n", "\r\n", "\r").ToArbitrary(), Gen.Elements(',', ';', '\t', '|').ToArbitrary(), (rows, end, delimiter) =>
        {
            var text = new StringBuilder($"\uFEFFn{delimiter}\"text\"{delimiter}z{end}");
            for (int row = 0; row < rows.Length; row++)
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{row}{delimiter}{Quoted(rows[row], delimiter)}{delimiter}\"\"{end}");
            string[] distinct = [.. rows.Distinct().Order(StringComparer.Ordinal)];
            var schema = new TableSchema(new NumberColumn("n"), new OneHotColumn("text"));
            Table table = CsvTable.Read(folder.Write("p.csv", text.ToString()), schema, new CsvOptions { Delimiter = delimiter });
            float[] values = TableEncoding.Learn(table).Rows(table);
            int line = 2;
            for (int row = 0; row < rows.Length; row++)
            {
                Assert.Equal(FilePlace.Line(line), table.PlaceOf(row));
                line += 1 + Breaks(rows[row]);
                ReadOnlySpan<float> sample = values.AsSpan(row * (distinct.Length + 1), distinct.Length + 1);
                Assert.Equal(row, sample[0]);
                Assert.Equal(1, sample[1 + Array.IndexOf(distinct, rows[row])]);
            }

            return table.Count == rows.Length;
        }));
    }

    private static string Quoted(string text, char delimiter) =>
        text.AsSpan().ContainsAny([delimiter, '"', '\n', '\r']) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static int Breaks(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Count(character => character is '\n' or '\r');

    private static byte[] Compress(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
            gzip.Write(content);
        return bytes.ToArray();
    }

    private static Table Read(string text, CsvOptions? options = null)
    {
        using var reader = new StringReader(text);
        return CsvTable.Read(reader, "t.csv", Schema, options);
    }
}
