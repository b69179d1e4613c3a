using System.Numerics;
using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Metrics;
using Fpe.Training;

namespace Fpe.Tables.Tests;

public sealed class TableEncodingTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Means_and_medians_are_those_of_the_training_rows()
    {
        var schema = new TableSchema(new NumberColumn("a") { Missing = Missing.Mean, HasIndicator = true }, new NumberColumn("b") { Missing = Missing.Median });
        TableEncoding encoding = TableEncoding.Learn(Read("a,b\n1,1\n,5\n4,\n4,100\n,2", schema));
        Assert.Equal(["a", "a is missing", "b"], encoding.FeatureNames);
        Assert.Equal([3, 1, 3.5f, 7, 0, 8], encoding.Rows(Read("a,b\n,\n7,8", schema)));
        var error = Assert.Throws<TableColumnException>(() => TableEncoding.Learn(Read("a,b\n,5\n,6", schema)));
        Assert.Equal("t.csv: column 'a' has no number in 2 training rows, so there is no Mean; leave the column out, or use Missing.Constant.", error.Message);
    }

    [Fact]
    public void Categories_that_were_never_seen_are_an_error_with_their_line()
    {
        var schema = new TableSchema(new OneHotColumn("colour")) { Target = new ClassColumn("kind") };
        TableEncoding encoding = TableEncoding.Learn(Read("colour,kind\nred,a\nblue,b", schema));
        var category = Assert.Throws<UnknownCategoryException>(() => encoding.Apply(Read("kind,colour\na,red\nb,green", schema)));
        Assert.Equal("t.csv: line 3, column 2 (colour): the category 'green' is none of the 2 that are known ('blue', 'red'); correct it, train on rows that have it, or use UnknownCategory.OwnCategory.", category.Message);
        Assert.Equal(("colour", 2, FilePlace.Line(3)), (category.Column, category.Number, category.Place));
        var label = Assert.Throws<UnknownCategoryException>(() => encoding.Apply(Read("kind,colour\nA,red", schema)));
        Assert.Equal("t.csv: line 2, column 1 (kind): the class 'A' is none of the 2 that are known ('a', 'b'); correct it, or train on rows that have it.", label.Message);
    }

    [Fact]
    public void Unknown_categories_have_one_of_their_own_if_asked_for()
    {
        TableSchema schema = new(new OneHotColumn("colour") { Unknown = UnknownCategory.OwnCategory, MinimumCount = 2 });
        TableEncoding encoding = TableEncoding.Learn(Read("colour\nred\nred\npink\nblue\nblue", schema));
        Assert.Equal(["colour = blue", "colour = red", "colour is unknown"], encoding.FeatureNames);
        Assert.Equal([0, 0, 1, 0, 1, 0, 0, 0, 1], encoding.Rows(Read("colour\ngreen\nred\npink", schema)));
    }

    [Fact]
    public void Tokens_of_several_columns_share_a_vocabulary()
    {
        var schema = new TableSchema(new NumberColumn("n"), new TokenColumns("a", "b") { Unknown = UnknownCategory.OwnCategory }, new NumberColumn("m")) { Target = new ClassColumn("c") };
        Table train = Read("a,b,n,m,c\nx,p,1,2,u\ny,p,3,4,v", schema);
        TableEncoding encoding = TableEncoding.Learn(train);
        Assert.Equal([5], encoding.Vocabularies);
        Dataset data = encoding.Apply(Read("a,b,n,m,c\ny,q,5,6,u\nz,p,7,8,v", schema));
        Assert.Equal([5f, 1, 4, 6], data.Sample(0));
        Assert.Equal([7f, 2, 3, 8], data.Sample(1));
        Assert.Equal((0, 1), (data.Label(0), data.Label(1)));
        Assert.Equal([0, 0, 0, 0], encoding.MeaningOf(encoding.Apply(train)).Features!.Apply([2f, 0, 0, 3]));
    }

    [Fact]
    public void Only_measured_numbers_are_standardised()
    {
        var schema = new TableSchema(new OneHotColumn("k"), new NumberColumn("n") { Missing = Missing.Constant(0), HasIndicator = true }) { Target = new NumberTargets("t", "u") };
        Table table = Read("k,n,t,u\na,1,10,0\nb,3,20,1\nb,5,30,5", schema);
        Dataset data = TableEncoding.Learn(table).Apply(table);
        ModelMeaning meaning = TableEncoding.Learn(table).MeaningOf(data);
        Assert.Equal([0, 1, 0, 1], meaning.Features!.Apply([0, 1, 3, 1]));
        Assert.Equal((ModelTask.Regression, 2), (meaning.Task, data.OutputCount));
        Assert.Equal(20, meaning.Targets!.Means[0]);
        Assert.Equal(["t", "u"], meaning.ClassNames!);

        Table constant = Read("k,n,t,u\na,1,10,0\nb,3,10,1", schema);
        Assert.Contains("target 0 is 10 for all 2 samples", Assert.Throws<DatasetException>(() => TableEncoding.Learn(constant).MeaningOf(TableEncoding.Learn(constant).Apply(constant))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,true", "0,false")]
    [InlineData("1.0,True", "0,0")]
    public void Columns_of_labels_are_a_multi_label_target(string first, string second)
    {
        var schema = new TableSchema(new NumberColumn("n")) { Target = new LabelColumns("lift", "balcony") };
        Table table = Read($"n,lift,balcony\n1,{first}\n2,{second}", schema);
        Dataset data = TableEncoding.Learn(table).Apply(table);
        Assert.Equal(2, data.OutputCount);
        Assert.Equal(ModelTask.MultiLabel, TableEncoding.Learn(table).MeaningOf(data).Task);
        Assert.Equal("t.csv: line 2, column 3 (balcony): 'maybe' is not a label; write 1 or true if the row has it, and 0 or false if not.", Assert.Throws<TableValueException>(() => Read("n,lift,balcony\n1,0,maybe", schema)).Message);
        Assert.Equal("t.csv: line 2, column 2 (lift): '2' is not a label; write 1 or true if the row has it, and 0 or false if not.", Assert.Throws<TableValueException>(() => Read("n,lift,balcony\n1,2,0", schema)).Message);
    }

    [Fact]
    public void A_list_of_labels_trains_a_multi_label_network()
    {
        var schema = new TableSchema(new NumberColumn("size"), new NumberColumn("rooms")) { Target = new LabelListColumn("extras") };
        Table table = CsvTable.Read(Path.Combine(TestFolder.Data, "flats.csv"), schema);
        TableEncoding encoding = TableEncoding.Learn(table);
        Assert.Equal(["balcony", "lift"], encoding.TargetNames!);
        Dataset data = encoding.Apply(table);
        using var model = new ExtrasNet(seed: 1) { Meaning = encoding.MeaningOf(data) };
        new Trainer(new TrainingOptions { Epochs = 20, Loss = Loss.SigmoidCrossEntropy, Optimizer = new Adam(1e-2) }).Fit(model, data);
        Assert.InRange(model.Evaluate(data)[Metric.RocAuc], 0.7, 1);
        Assert.Equal([0], model.PredictLabels(encoding.Row(new Dictionary<string, object?> { ["size"] = 95, ["rooms"] = 5 })));
        var error = Assert.Throws<UnknownCategoryException>(() => encoding.Apply(Read("size,rooms,extras\n1,2,lift|pool", schema)));
        Assert.Equal("t.csv: line 2, column 3 (extras): the label 'pool' is none of the 2 that are known ('balcony', 'lift'); correct it, or train on rows that have it.", error.Message);
    }

    [Fact]
    public void A_class_has_to_have_rows_and_a_rival()
    {
        var one = new TableSchema(new NumberColumn("n")) { Target = new ClassColumn("k") };
        Assert.Equal("t.csv: column 'k': all 2 training rows have the class 'a', so there is nothing to learn; add rows of other classes.", Assert.Throws<TableColumnException>(() => TableEncoding.Learn(Read("n,k\n1,a\n2,a", one))).Message);
        var given = new TableSchema(new NumberColumn("n")) { Target = new ClassColumn("k") { ClassNames = ["b", "a", "c"] } };
        Assert.Equal("t.csv: column 'k': none of 2 training rows has the class 'c', so it cannot be learned; add rows, or remove it from ClassNames.", Assert.Throws<TableColumnException>(() => TableEncoding.Learn(Read("n,k\n1,a\n2,b", given))).Message);
        var order = new TableSchema(new NumberColumn("n")) { Target = new ClassColumn("k") { ClassNames = ["b", "a"] } };
        Table table = Read("n,k\n1,a\n2,b", order);
        Assert.Equal([1, 0], Enumerable.Range(0, 2).Select(TableEncoding.Learn(table).Apply(table).Label));
    }

    [Fact]
    public void A_single_row_follows_the_same_rules()
    {
        var schema = new TableSchema(new NumberColumn("n") { Missing = Missing.Mean }, new NumberColumn("m") { Missing = Missing.DropRow }, new OneHotColumn("c")) { Target = new ClassColumn("k") };
        TableEncoding encoding = TableEncoding.Learn(Read("n,m,c,k\n1,1,1,a\n3,1,true,b", schema));
        Assert.Equal([2f, 7, 1, 0], encoding.Row(new Dictionary<string, object?> { ["n"] = null, ["m"] = "7", ["c"] = 1, ["k"] = "ignored" }));
        Assert.Equal([2.5f, 7, 0, 1], encoding.Row(new Dictionary<string, object?> { ["n"] = 2.5m, ["m"] = 7L, ["c"] = true }));

        Assert.Equal("the row: it has no entry for column 'c'; add it, with null if the value is missing.", Wrong<TableColumnException>(("n", 1), ("m", 1)));
        Assert.Equal("the row: the entry for column 'c' is a DateTime; pass a number, a Boolean, a text, or null.", Wrong<TableColumnException>(("n", 1), ("m", 1), ("c", DateTime.UnixEpoch)));
        Assert.Equal("the row: column 2 (m): the value is missing, and nothing replaces it in a row to predict; fill it in, or choose a policy of the column in the schema that replaces missing values.", Wrong<MissingValueException>(("n", 1), ("m", null), ("c", 1)));
        Assert.StartsWith("the row: column 3 (c): the category '2' is none of the 2 that are known", Wrong<UnknownCategoryException>(("n", 1), ("m", 1), ("c", 2)), StringComparison.Ordinal);
        Assert.StartsWith("the row: column 1 (n): ∞ is not a finite 32-bit number;", Wrong<TableValueException>(("n", double.PositiveInfinity), ("m", 1), ("c", 1)).Replace("Infinity", "∞", StringComparison.Ordinal), StringComparison.Ordinal);

        string Wrong<T>(params (string Key, object? Value)[] values)
            where T : FpeException => Assert.Throws<T>(() => encoding.Row(values.ToDictionary(value => value.Key, value => value.Value))).Message;
    }

    [Fact]
    public void What_was_learned_is_saved()
    {
        TableSchema schema = new(
            new NumberColumn("n") { Missing = Missing.Mean, HasIndicator = true },
            new NumberColumn("m") { Missing = Missing.Constant(0.1f) },
            new OneHotColumn("c") { Missing = Missing.Category("none"), Unknown = UnknownCategory.OwnCategory },
            new TokenColumns("a", "b"))
        {
            Target = new LabelListColumn("l", ';'),
        };
        const string Text = "n,m,c,a,b,l\n1,2,red,x,p,u;v\n,,,y,p,\n5,3,blue,x,q,v";
        Table table = Read(Text, schema);
        TableEncoding encoding = TableEncoding.Learn(table);
        string path = folder.PathOf("t.json");
        encoding.Save(path);
        TableEncoding loaded = TableEncoding.Load(path);
        Assert.Equal(encoding.FeatureNames, loaded.FeatureNames);
        Assert.Equal(encoding.TargetNames!, loaded.TargetNames!);
        Assert.Equal(encoding.Vocabularies, loaded.Vocabularies);
        Assert.Equal(encoding.Rows(table), loaded.Rows(Read(Text, loaded.Schema)));
        loaded.Save(folder.PathOf("again.json"));
        Assert.Equal(File.ReadAllText(path), File.ReadAllText(folder.PathOf("again.json")));
        foreach (TargetColumns target in new TargetColumns[] { new ClassColumn("c") { Missing = Missing.DropRow }, new NumberTargets("n", "m") { Missing = Missing.DropRow } })
        {
            TableEncoding other = TableEncoding.Learn(Read(Text, new TableSchema(new OneHotColumn("a")) { Target = target }));
            other.Save(path);
            Assert.Equal(other.TargetNames!, TableEncoding.Load(path).TargetNames!);
        }
    }

    [Theory]
    [InlineData("{", "it is not an encoding of a table:")]
    [InlineData("null", "it is not an encoding of a table:")]
    [InlineData("{\"features\":[],\"target\":null}", "it is not an encoding of a table:")]
    [InlineData("{\"format\":0,\"features\":[],\"target\":null}", "it has format 0, which no version has written; save it again.")]
    [InlineData("{\"format\":1,\"features\":[],\"more\":null}", "it is not an encoding of a table:")]
    [InlineData("{\"format\":1,\"features\":[],\"target\":null}", "the schema has no features; pass at least one; save it again.")]
    [InlineData("{\"format\":1,\"features\":[{\"kind\":\"Number\",\"columns\":[],\"missing\":\"Refuse\"}],\"target\":null}", "feature 0 is not complete; save it again.")]
    [InlineData("{\"format\":1,\"features\":[{\"kind\":\"Number\",\"columns\":[\"a\"],\"missing\":\"Mean\"}],\"target\":null}", "feature 0 is not complete; save it again.")]
    [InlineData("{\"format\":1,\"features\":[{\"kind\":\"OneHot\",\"columns\":[\"a\"],\"missing\":\"Refuse\",\"categories\":[[\"x\",\"x\"]]}],\"target\":null}", "column 'a' has the name 'x' twice in its list; remove one of them; save it again.")]
    public void Damaged_files_are_named(string content, string message)
    {
        string path = folder.Write("t.json", content);
        Assert.StartsWith($"{path}: {message}", Assert.Throws<FileCorruptException>(() => TableEncoding.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_other_versions_are_not_called_damaged()
    {
        foreach (string content in new[]
        {
            "{\"format\":2,\"features\":[],\"target\":null}",
            "{\"format\":2,\"features\":[{\"kind\":\"Sound\",\"pitch\":1}],\"targets\":[]}",
            "{\"units\":[],\"format\":2}",
        })
        {
            string path = folder.Write("t.json", content);
            Assert.Equal($"{path}: it has format 2, but this library reads 1; update the library.", Assert.Throws<FileUnsupportedException>(() => TableEncoding.Load(path)).Message);
        }

        Assert.Throws<FileMissingException>(() => TableEncoding.Load(folder.PathOf("none.json")));
    }

    [Fact]
    public void Parts_are_divided_as_data_sets_are()
    {
        var schema = new TableSchema(new NumberColumn("n")) { Target = new ClassColumn("k") };
        Table table = Read("n,k\n" + string.Join('\n', Enumerable.Range(0, 20).Select(row => $"{row},{row % 2}")), schema);
        TableEncoding encoding = TableEncoding.Learn(table);
        (Table first, Table second) = table.Divide("train", 15, "test", seed: 3);
        (Dataset expected, Dataset rest) = encoding.Apply(table).Divide("train", 15, "test", seed: 3);
        Assert.Equal(Enumerable.Range(0, 15).Select(row => expected.Sample(row)[0]), encoding.Rows(first));
        Assert.Equal(Enumerable.Range(0, 5).Select(row => rest.Sample(row)[0]), encoding.Rows(second));
        Assert.Equal(FilePlace.Line(2 + (long)encoding.Rows(second)[4]), second.PlaceOf(4));
        Assert.Throws<DatasetException>(() => table.Divide("train", 20, "test", seed: 3));
    }

    [Fact]
    public void Schemas_that_cannot_work_are_refused()
    {
        Assert.Equal("column 'a' is used twice in the schema; use it once.", Refused(() => new TableSchema(new NumberColumn("a"), new OneHotColumn("a"))));
        Assert.Equal("column 'a' is used twice in the schema; use it once.", Refused(() => new TableSchema(new NumberColumn("a")) { Target = new ClassColumn("a") }));
        Assert.Equal("the schema has no features; pass at least one.", Refused(() => new TableSchema()));
        Assert.StartsWith("the indicator of column 'a' would always be 0", Refused(() => new TableSchema(new NumberColumn("a") { HasIndicator = true })), StringComparison.Ordinal);
        Assert.StartsWith("column 'a' has numbers, whose missing values are not a category;", Refused(() => new TableSchema(new NumberColumn("a") { Missing = Missing.Category("x") })), StringComparison.Ordinal);
        Assert.StartsWith("column 'a' has categories, which have no Mean;", Refused(() => new TableSchema(new OneHotColumn("a") { Missing = Missing.Mean })), StringComparison.Ordinal);
        Assert.StartsWith("column 'a' is a target, which cannot be made up by Constant(0);", Refused(() => new TableSchema(new NumberColumn("b")) { Target = new NumberTargets("a") { Missing = Missing.Constant(0) } }), StringComparison.Ordinal);
        Assert.StartsWith("column 'a': MinimumCount makes rare categories unknown,", Refused(() => new TableSchema(new OneHotColumn("a") { MinimumCount = 2 })), StringComparison.Ordinal);
        Assert.StartsWith("column 'a' is the only label;", Refused(() => new TableSchema(new NumberColumn("b")) { Target = new LabelColumns("a") }), StringComparison.Ordinal);
        Assert.StartsWith("there are categories of 1 columns, but 2 columns of tokens;", Refused(() => new TableSchema(new TokenColumns("a", "b") { Categories = [["x"]] })), StringComparison.Ordinal);

        static string Refused(Func<TableSchema> create) => Assert.Throws<TableColumnException>(create).Message;
    }

    [Fact]
    public void Rows_of_any_source_are_added_one_by_one()
    {
        var schema = new TableSchema(new NumberColumn("n"), new OneHotColumn("id") { Missing = Missing.Category("none") });
        var builder = new TableBuilder("query", schema);
        Assert.Equal(["n", "id"], builder.Columns);
        builder.StartRow(FilePlace.Row(0));
        builder.SetBoolean(0, true);
        builder.SetNumber(1, long.MaxValue);
        builder.EndRow();
        builder.StartRow(FilePlace.Row(1));
        builder.SetNumber(0, 0.5);
        builder.SetNumber(1, 1);
        builder.EndRow();
        builder.StartRow(FilePlace.Row(2));
        builder.SetNumber(0, 2);
        builder.EndRow();
        Table table = builder.ToTable();
        Assert.Equal(["n", "id = 1", "id = 9223372036854775807", "id = none"], TableEncoding.Learn(table).FeatureNames);
        Assert.Equal([1, 0, 1, 0, 0.5f, 1, 0, 0, 2, 0, 0, 1], TableEncoding.Learn(table).Rows(table));
        builder.StartRow(FilePlace.Row(3));
        Assert.StartsWith("query: row 3, column 1 (n): 'abc' is not a number;", Assert.Throws<TableValueException>(() => builder.SetText(0, "abc")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_as_categories_have_the_shortest_text_of_their_own_type()
    {
        var schema = new TableSchema(new NumberColumn("n"), new OneHotColumn("id"));
        var builder = new TableBuilder("query", schema);
        Add(builder, 0.1f);
        Add(builder, 0.1);
        Add(builder, (Half)0.1f);
        Add(builder, 0.1m);
        Add(builder, 0.10m);
        Assert.Equal(["n", "id = 0.1"], TableEncoding.Learn(builder.ToTable()).FeatureNames);
        Add(builder, ulong.MaxValue);
        Add(builder, ulong.MaxValue - 1);
        Add(builder, (1L << 53) + 1);
        Add(builder, 1L << 53);
        Add(builder, 12345678901234567890.1m);
        Add(builder, 12345678901234567890.2m);
        TableEncoding encoding = TableEncoding.Learn(builder.ToTable());
        Assert.Equal(
            ["n", "id = 0.1", "id = 12345678901234567890.1", "id = 12345678901234567890.2", "id = 18446744073709551614", "id = 18446744073709551615", "id = 9007199254740992", "id = 9007199254740993"],
            encoding.FeatureNames);
        foreach ((object value, int place) in new (object, int)[] { (0.1f, 1), ((Half)0.1f, 1), (0.100m, 1), (12345678901234567890.2m, 3), (ulong.MaxValue, 5), ((1L << 53) + 1, 7), ((ulong)1 << 53, 6) })
            Assert.Equal(place, Array.IndexOf(encoding.Row(new Dictionary<string, object?> { ["n"] = 2, ["id"] = value }), 1));

        static void Add<T>(TableBuilder builder, T value)
            where T : struct, INumber<T>
        {
            builder.StartRow(FilePlace.Row(0));
            builder.SetNumber(0, 2);
            builder.SetNumber(1, value);
            builder.EndRow();
        }
    }

    private static Table Read(string text, TableSchema schema)
    {
        using var reader = new StringReader(text);
        return CsvTable.Read(reader, "t.csv", schema);
    }
}
