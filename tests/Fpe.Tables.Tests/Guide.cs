using Fpe;
using Fpe.Arrow;
using Fpe.Data;
using Fpe.Metrics;
using Fpe.Parquet;
using Fpe.Tables;
using Fpe.Training;

namespace Fpe.Tables.Tests;

/// <summary>The code of docs/tables.md, line by line; <see cref="GuideTests"/> compares the two and runs it.</summary>
internal static class Guide
{
    public static TableSchema KindSchema()
    {
        var schema = new TableSchema(
            new NumberColumn("size"),
            new NumberColumn("rooms"),
            new NumberColumn("built") { Missing = Missing.Median, HasIndicator = true },
            new OneHotColumn("district"),
            new OneHotColumn("heating") { Missing = Missing.Category("unknown") })
        {
            Target = new ClassColumn("kind"),
        };
        return schema;
    }

    public static MetricReport Train(TableSchema schema)
    {
        Table flats = CsvTable.Read("flats.csv", schema);
        (Table trainRows, Table testRows) = flats.Divide("train", 240, "test", seed: 1);

        TableEncoding encoding = TableEncoding.Learn(trainRows);
        Dataset train = encoding.Apply(trainRows);
        Dataset test = encoding.Apply(testRows);

        using var model = new FlatNet(seed: 1) { Meaning = encoding.MeaningOf(train) };
        new Trainer(new TrainingOptions { Epochs = 40, BatchSize = 16, Optimizer = new Adam(1e-2) }).Fit(model, train);
        Console.WriteLine(model.Evaluate(test));

        model.Save("flats.safetensors");
        encoding.Save("flats.columns.json");
        return model.Evaluate(test);
    }

    public static (string Kind, int[] Kinds) Predict()
    {
        using FlatNet loaded = FlatNet.Load("flats.safetensors");
        TableEncoding columns = TableEncoding.Load("flats.columns.json");

        float[] flat = columns.Row(new Dictionary<string, object?>
        {
            ["size"] = 88,
            ["rooms"] = 4,
            ["built"] = null,
            ["district"] = "north",
            ["heating"] = "gas",
        });
        string kind = loaded.PredictName(flat);

        Table others = CsvTable.Read("others.csv", columns.Schema.WithoutTarget());
        int[] kinds = loaded.PredictClasses(columns.Rows(others));
        return (kind, kinds);
    }

    public static TableSchema RentSchema()
    {
        var schema = new TableSchema(new NumberColumn("size"), new NumberColumn("rooms"), new TokenColumns("district", "kind"))
        {
            Target = new NumberTargets("rent"),
        };
        return schema;
    }

    public static Table ReadDecimalComma(TableSchema schema)
    {
        Table flats = CsvTable.Read("flats-decimal-comma.csv", schema, new CsvOptions { DecimalComma = true });
        return flats;
    }

    public static Table ReadParquet(TableSchema schema)
    {
        Table flats = ParquetTable.Read("flats.parquet", schema);
        return flats;
    }

    public static Table ReadArrow(TableSchema schema)
    {
        Table flats = ArrowTable.Read("flats.arrow", schema);
        return flats;
    }
}
