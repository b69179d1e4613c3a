using Fpe.Data.Files;
using Fpe.Fuzz.Mutation;
using Fpe.Tables;

namespace Fpe.Fuzz.Formats;

/// <summary>Tables of comma-separated values, and what reads them.</summary>
public static class TableBytes
{
    /// <summary>Bytes that reading may allocate for each byte of a file, in which every few bytes can be another category.</summary>
    public const int BytesPerByte = 64;

    /// <summary>Bytes that reading a file of any size may allocate: the buffers of the parser, and of the text whose beginning it examines.</summary>
    public const int FixedAllocation = 256 << 10;

    private static readonly TableSchema Schema = new(
        new NumberColumn("size"), new NumberColumn("rooms") { Missing = Missing.Median, HasIndicator = true }, new OneHotColumn("district") { Missing = Missing.Category("none") })
    {
        Target = new ClassColumn("kind"),
    };

    private static readonly CsvOptions Options = new() { MissingMarks = ["NA"] };

    /// <summary>Tables with the delimiters that are detected, with quotes, missing values and line ends of all kinds.</summary>
    public static FuzzSeed[] Tables() =>
    [
        new("id,size,rooms,district,kind\n1,50.5,2,\"the \"\"Hill\"\"\",old\r\n2,81,NA,north,new\n3,1e2,,,old\r4,-7,3,\"a,\nb\",new\n"u8.ToArray()),
        new("\uFEFFkind;rooms;size;district\n\nold;1;2;é\U0001F600\n new ; 2 ;3;x"u8.ToArray()),
        new("size\trooms\tdistrict\tkind\n1\t2\tx\ta\n2\t3\ty\tb\n"u8.ToArray()),
    ];

    /// <summary>Reads a table, and everything in it.</summary>
    public static void Read(byte[] file)
    {
        using StreamReader reader = Utf8Text.Open(new MemoryStream(file));
        Use(CsvTable.Read(reader, "input", Schema, Options));
    }

    /// <summary>Reads a table from a path, as a user would.</summary>
    public static void Read(string path) => Use(CsvTable.Read(path, Schema, Options));

    private static void Use(Table table) => TableEncoding.Learn(table).Apply(table);
}
