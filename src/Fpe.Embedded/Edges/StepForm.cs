using Fpe.Counting;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Edges;

/// <summary>The distances between the edges of each row.</summary>
internal sealed class StepForm(EdgeRows rows, int leap, IReadOnlyList<int> steps) : EdgeForm
{
    private int StepBytes => leap == EdgeTables.Leap ? sizeof(byte) : sizeof(ushort);

    private int EndOfRow => leap + 1;

    /// <inheritdoc/>
    public override EdgeCode Code => leap == EdgeTables.Leap ? EdgeCode.Steps : EdgeCode.WideSteps;

    /// <inheritdoc/>
    public override string Description => $"steps of {8 * StepBytes} bits";

    /// <inheritdoc/>
    public override IReadOnlyList<CTable> Tables =>
    [
        new CTable(
            "steps", $"uint{8 * StepBytes}_t", StepBytes, [.. steps.Select(step => $"{step}")],
            $"For each edge the columns that are left out before it; {leap} leaves out as many without an edge, and {EndOfRow} ends the row."),
    ];

    /// <summary>Writes edges in this form.</summary>
    /// <param name="rows">The edges.</param>
    /// <param name="leap">The longest step, and the number that stands for it: <see cref="EdgeTables.Leap"/> or <see cref="EdgeTables.WideLeap"/>.</param>
    public static StepForm Of(EdgeRows rows, int leap)
    {
        var steps = new List<int>(rows.Layout.EdgeCount + rows.Count);
        for (int row = 0; row < rows.Count; row++)
        {
            int next = 0;
            foreach (int column in rows.Columns(row))
            {
                int step = column - next;
                for (; step >= leap; step -= leap)
                    steps.Add(leap);
                steps.Add(step);
                next = column + 1;
            }

            steps.Add(leap + 1);
        }

        return new StepForm(rows, leap, steps) { Slots = [.. Enumerable.Range(0, rows.Count).SelectMany(rows.Slots)] };
    }

    /// <inheritdoc/>
    public override void WriteLoop(CWriter text, ProductNames names) => text
        .Line(names.Weights)
        .Line($"const uint{8 * StepBytes}_t *step = {names.Layer}_steps;")
        .Line()
        .Block($"for (uint32_t row = 0; row < {rows.Count}; row++)", () => text
            .Line(names.NewSum)
            .Line("uint32_t column = 0;")
            .Line()
            .Block($"for (; *step != {EndOfRow}; step++)", () => text
                .Line("column += *step;")
                .Single($"if (*step != {leap})", "sum += *weight++ * x[column++];"))
            .Line("step++;")
            .Line(names.End));
}
