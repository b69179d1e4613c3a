using Fpe.Counting;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Edges;

/// <summary>The children of each neuron partition its columns: each of its edges says which child has it.</summary>
internal sealed class SiblingForm(EdgeRows rows, byte[] children, byte[]? present) : EdgeForm
{
    private int Bits => EdgeTables.BitsOfChild(rows.Children);

    private int Neurons => rows.Count / rows.Children;

    private int BytesOfBits => (rows.ColumnCount + 7) / 8;

    /// <inheritdoc/>
    public override EdgeCode Code => EdgeCode.Siblings;

    /// <inheritdoc/>
    public override string Description => $"{rows.Children} children of each neuron partition its columns";

    /// <inheritdoc/>
    public override IReadOnlyList<CTable> Tables
    {
        get
        {
            var all = new List<CTable> { CTable.OfBytes("children", children, $"{Bits} {(Bits == 1 ? "bit" : "bits")} for each edge: which child of the neuron has it.") };
            if (present is not null)
                all.Add(CTable.OfBytes("present", present, "A bit for each neuron and column: whether a child has an edge there."));
            return all;
        }
    }

    /// <summary>Returns whether no column is read by two children of a neuron, and rows follow from neurons by arithmetic.</summary>
    public static bool IsFor(EdgeRows rows)
    {
        if (rows.Children is < 2 or > EdgeTables.MostChildren || rows.Count / rows.Children % rows.Share != 0)
            return false;
        var readBy = new int[rows.ColumnCount];
        for (int neuron = 0; neuron < rows.Count / rows.Children; neuron++)
        {
            for (int child = 0; child < rows.Children; child++)
            {
                foreach (int column in rows.Columns(rows.RowOf(neuron, child)))
                {
                    if (readBy[column] == neuron + 1)
                        return false;
                    readBy[column] = neuron + 1;
                }
            }
        }

        return true;
    }

    /// <summary>Writes edges in this form.</summary>
    public static SiblingForm Of(EdgeRows rows)
    {
        int bits = EdgeTables.BitsOfChild(rows.Children), neurons = rows.Count / rows.Children, rowBytes = (rows.ColumnCount + 7) / 8;
        var present = new byte[checked(neurons * rowBytes)];
        var children = new byte[checked((int)((((long)rows.Layout.EdgeCount * bits) + 7) / 8))];
        var slots = new List<int>(rows.Layout.EdgeCount);
        for (int neuron = 0; neuron < neurons; neuron++)
        {
            var edges = Enumerable.Range(0, rows.Children).SelectMany(child =>
            {
                int row = rows.RowOf(neuron, child);
                return rows.Columns(row).Select((column, e) => (Column: column, Child: child, Slot: rows.Slots(row)[e]));
            });
            foreach ((int column, int child, int slot) in edges.OrderBy(edge => edge.Column))
            {
                present[(neuron * rowBytes) + (column / 8)] |= (byte)(1 << (column % 8));
                children[slots.Count * bits / 8] |= (byte)(child << (slots.Count * bits % 8));
                slots.Add(slot);
            }
        }

        bool isComplete = slots.Count == (long)neurons * rows.ColumnCount;
        return new SiblingForm(rows, children, isComplete ? null : present) { Slots = slots };
    }

    /// <inheritdoc/>
    public override void WriteLoop(CWriter text, ProductNames names)
    {
        string codes = $"{names.Layer}_children";
        string child = Bits == 8 ? $"{codes}[edge]" : $"({codes}[edge / {8 / Bits}] >> (edge % {8 / Bits}{(Bits == 1 ? "" : $" * {Bits}")})) & {(1 << Bits) - 1}";
        if (present is not null)
            text.Line($"const uint8_t *present = {names.Layer}_present;");
        text.Line("uint32_t edge = 0;").Line()
            .Block($"for (uint32_t neuron = 0; neuron < {Neurons}; neuron++)", () =>
            {
                text.Line($"{names.Sum} sums[{rows.Children}] = {{ 0 }};")
                .Line()
                .Block($"for (uint32_t column = 0; column < {rows.ColumnCount}; column++)", () =>
                {
                    if (present is not null)
                        text.Single($"if (((present[column / 8] >> (column % 8)) & 1) == 0)", "continue;");

                    text.Line($"sums[{child}] += {names.Layer}_weights[edge] * x[column];").Line("edge++;");
                })
                .Block($"for (uint32_t child = 0; child < {rows.Children}; child++)", () => text
                    .Line($"const uint32_t row = {RowExpression()};")
                    .Line()
                    .Line($"y[row] = {names.Finish($"sums[child] + {names.Bias}")};"));
                if (present is not null)
                    text.Line(BytesOfBits == 1 ? "present++;" : $"present += {BytesOfBits};");
            });
    }

    private string RowExpression()
    {
        if (rows.Share == 1)
            return $"neuron * {rows.Children} + child";
        if (rows.Share == Neurons)
            return $"child * {Neurons} + neuron";
        return $"neuron / {rows.Share} * {rows.Share * rows.Children} + child * {rows.Share} + neuron % {rows.Share}";
    }
}
