using System.Globalization;
using CsvHelper;
using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Tables;
using nietras.SeparatedValues;
using CsvDataReader = Sylvan.Data.Csv.CsvDataReader;
using Table = Fpe.Benchmarks.Reports.Table;

namespace Fpe.Benchmarks;

/// <summary>One CSV file through the libraries that could read it for <c>Fpe.Tables</c>, which uses Sep.</summary>
internal static class CsvBenchmark
{
    private const int Rows = 100_000;
    private const int Numbers = 16;
    private const int Texts = 4;
    private const int QuotedNumbers = 4;

    /// <summary>What a reader got from the file: equal for all readers, or the comparison is wrong.</summary>
    private readonly record struct Content(double Sum, long Characters);

    /// <summary>Measures numbers and texts of all fields, and texts alone.</summary>
    public static IEnumerable<Table> Run(bool quick)
    {
        string path = Path.GetTempFileName();
        try
        {
            Write(path);
            yield return Compare("numbers and texts", quick, path, ReadSep, ReadSylvan, ReadCsvHelper);
            yield return Compare("texts alone", quick, path, SplitSep, SplitSylvan, SplitCsvHelper);
            yield return CompareReader(quick, path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Table Compare(string what, bool quick, string path, params IReadOnlyList<Func<string, Content>> readers)
    {
        string[] names = [NameOf(typeof(Sep)), NameOf(typeof(CsvDataReader)), NameOf(typeof(CsvReader))];
        Content[] contents = [.. readers.Select(read => read(path))];
        if (contents.Distinct().Count() != 1)
            throw new BenchmarkException($"The libraries read different values: {string.Join(", ", contents)}.");

        RoundTimes[] times = new Comparison(quick ? 5 : 15, turn: 0).Time([.. readers.Select(read => new LocalWork(() => read(path)))]);
        double megabytes = new FileInfo(path).Length / 1e6;
        var table = new Table(
            $"{Rows} rows × {Numbers + Texts} columns, {megabytes:0.0} MB, {what}: one thread",
            new("library", ""), new("ms", "0"), new("over Sep"), new("MB a second", "0"), new("MB allocated", "0.0"));
        for (int i = 0; i < readers.Count; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            readers[i](path);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            table.Add(names[i], times[i].Median * 1e3, times[i].Over(times[0]), megabytes / times[i].Median, allocated / 1e6);
        }

        return table;
    }

    /// <summary>What the parser is of all that <c>Fpe.Tables</c> does: checks, missing values, numbers and categories in memory.</summary>
    private static Table CompareReader(bool quick, string path)
    {
        FeatureColumns[] columns =
        [
            .. Enumerable.Range(0, Numbers).Select(column => new NumberColumn($"c{column}")),
            .. Enumerable.Range(Numbers, Texts).Select(column => new OneHotColumn($"c{column}")),
        ];
        var schema = new TableSchema(columns);
        int rows = CsvTable.Read(path, schema).Count;
        if (rows != Rows)
            throw new BenchmarkException($"{nameof(CsvTable)} read {rows} rows, not {Rows}.");

        RoundTimes[] times = new Comparison(quick ? 5 : 15, turn: 0).Time([new LocalWork(() => SplitSep(path)), new LocalWork(() => CsvTable.Read(path, schema))]);
        var table = new Table($"The same file by {nameof(CsvTable)}: one thread", new("reader", ""), new("ms", "0"), new("over Sep"));
        table.Add("Sep, texts alone", times[0].Median * 1e3, 1.0);
        table.Add(nameof(CsvTable), times[1].Median * 1e3, times[1].Over(times[0]));
        return table;
    }

    private static string NameOf(Type type) => $"{type.Assembly.GetName().Name} {type.Assembly.GetName().Version!.ToString(3)}";

    // Each row: numbers, of which the first are in quotes, then texts in quotes that contain delimiters and, one in four, quotes. All is
    // ASCII: a character of Sep and Sylvan is a byte of CsvHelper.
    private static void Write(string path)
    {
        var random = new Random(1);
        using var file = new StreamWriter(path);
        file.WriteLine(string.Join(',', Enumerable.Range(0, Numbers + Texts).Select(column => $"c{column}")));
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Numbers; column++)
            {
                string number = (random.NextSingle() * 1000).ToString("0.000", CultureInfo.InvariantCulture);
                file.Write(column < QuotedNumbers ? $"\"{number}\"," : $"{number},");
            }

            for (int column = 0; column < Texts; column++)
            {
                string inner = random.Next(4) == 0 ? "the \"\"third\"\" street" : "the third street";
                file.Write(column < Texts - 1 ? $"\"{inner}, {random.Next(1000)}\"," : $"\"{inner}, {random.Next(1000)}\"\n");
            }
        }
    }

    private static Content ReadSep(string path)
    {
        using SepReader reader = Sep.New(',').Reader(options => options with { Unescape = true }).FromFile(path);
        (double sum, long characters) = (0, 0);
        foreach (SepReader.Row row in reader)
        {
            for (int column = 0; column < Numbers; column++)
                sum += row[column].Parse<float>();
            for (int column = Numbers; column < Numbers + Texts; column++)
                characters += row[column].Span.Length;
        }

        return new Content(sum, characters);
    }

    private static Content ReadSylvan(string path)
    {
        using CsvDataReader reader = CsvDataReader.Create(path);
        (double sum, long characters) = (0, 0);
        while (reader.Read())
        {
            for (int column = 0; column < Numbers; column++)
                sum += reader.GetFloat(column);
            for (int column = Numbers; column < Numbers + Texts; column++)
                characters += reader.GetFieldSpan(column).Length;
        }

        return new Content(sum, characters);
    }

    private static Content ReadCsvHelper(string path)
    {
        using CsvReader reader = CsvReader.FromFile(path);
        (double sum, long characters) = (0, 0);
        while (reader.Read())
        {
            for (int column = 0; column < Numbers; column++)
                sum += reader.Parse<float>(column);
            for (int column = Numbers; column < Numbers + Texts; column++)
                characters += reader.GetSpan(column).Length;
        }

        return new Content(sum, characters);
    }

    private static Content SplitSep(string path)
    {
        using SepReader reader = Sep.New(',').Reader(options => options with { Unescape = true }).FromFile(path);
        long characters = 0;
        foreach (SepReader.Row row in reader)
        {
            for (int column = 0; column < Numbers + Texts; column++)
                characters += row[column].Span.Length;
        }

        return new Content(0, characters);
    }

    private static Content SplitSylvan(string path)
    {
        using CsvDataReader reader = CsvDataReader.Create(path);
        long characters = 0;
        while (reader.Read())
        {
            for (int column = 0; column < Numbers + Texts; column++)
                characters += reader.GetFieldSpan(column).Length;
        }

        return new Content(0, characters);
    }

    private static Content SplitCsvHelper(string path)
    {
        using CsvReader reader = CsvReader.FromFile(path);
        long characters = 0;
        while (reader.Read())
        {
            for (int column = 0; column < Numbers + Texts; column++)
                characters += reader.GetSpan(column).Length;
        }

        return new Content(0, characters);
    }
}
