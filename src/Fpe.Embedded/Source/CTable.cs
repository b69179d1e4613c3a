using Fpe.Counting;

namespace Fpe.Embedded.Source;

/// <summary>A constant array.</summary>
/// <param name="Name">Its name within the layer, such as <c>weights</c>.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="ElementBytes">The bytes of an element.</param>
/// <param name="Values">The elements as C writes them.</param>
/// <param name="Comment">What they are.</param>
internal sealed record CTable(string Name, string Type, int ElementBytes, IReadOnlyList<string> Values, string Comment)
{
    private const int Width = 100;

    /// <summary>The bytes of the array up to the beginning of the next.</summary>
    public long Bytes => EdgeTables.Padded((long)ElementBytes * Length);

    // An array of C has at least one element.
    private int Length => Math.Max(1, Values.Count);

    /// <summary>Creates a table of small numbers.</summary>
    public static CTable OfBytes(string name, IReadOnlyList<byte> values, string comment) =>
        new(name, "uint8_t", sizeof(byte), [.. values.Select(value => $"{value}")], comment);

    /// <summary>Creates a table of 32-bit integers.</summary>
    public static CTable OfWords(string name, IReadOnlyList<int> values, string comment) =>
        new(name, "int32_t", sizeof(int), [.. values.Select(value => $"{value}")], comment);

    /// <summary>Creates a table of floating-point numbers.</summary>
    public static CTable OfNumbers(string name, IReadOnlyList<float> values, string comment) =>
        new(name, "float", sizeof(float), [.. values.Select(CLiteral.Of)], comment);

    /// <summary>Writes the array.</summary>
    /// <param name="text">Receives it.</param>
    /// <param name="layer">What its name begins with.</param>
    public void Write(CWriter text, string layer)
    {
        text.Comment(Comment);
        IReadOnlyList<string> values = Values.Count > 0 ? Values : ["0"];
        string head = $"static const {Type} {layer}_{Name}[{Length}] =";
        string all = string.Join(", ", values);
        if (head.Length + all.Length + 6 <= Width)
        {
            text.Line($"{head} {{ {all} }};");
            return;
        }

        text.Line(head + " {");
        var line = new System.Text.StringBuilder();
        foreach (string value in values)
        {
            if (line.Length + value.Length + 6 > Width)
            {
                text.Line("    " + line);
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(value).Append(',');
        }

        text.Line("    " + line).Line("};");
    }
}
