using Fpe.Embedded.Networks;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Export;

/// <summary>The source file: tables, a function for each layer, and those that a program calls.</summary>
internal sealed class SourceFile
{
    private readonly CNetwork network;
    private readonly string name;
    private readonly CWriter text = new();

    private SourceFile(CNetwork network, string name) => (this.network, this.name) = (network, name);

    private bool IsBytes => network.Format == NumberFormat.Int8;

    /// <summary>Returns the text of the source file.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The name of the files.</param>
    public static string Of(CNetwork network, string name)
    {
        var file = new SourceFile(network, name);
        file.Write();
        return file.text.ToString();
    }

    private void Write()
    {
        CFunction[] functions = [.. network.Steps.SelectMany(step => step.Functions).SelectMany(function => function.Needs is { } needed ? new[] { needed, function } : [function]).DistinctBy(function => function.Name)];
        text.Comment($"{network.Plan.Name}: see {name}.h.").Line($"#include \"{name}.h\"");
        if (functions.Any(function => function.NeedsMath))
            text.Line().Line("#include <math.h>");
        WriteTypes();
        foreach (CFunction function in functions)
        {
            text.Line();
            function.Write(text);
        }

        if (network.Steps.Any(step => step is ByteProduct))
            WriteToByte();
        foreach (CStep step in network.Steps)
            WriteStep(step);
        if (network.Meaning.ClassNames is { } names)
            WriteNames(names);
        foreach (PublicFunction function in PublicFunction.Of(network, name))
        {
            text.Line();
            Write(function);
        }
    }

    private void Write(PublicFunction function)
    {
        switch (function.Kind)
        {
            case PublicFunctionKind.Prepare:
                PrepareFunction.Write(text, network, function.Head);
                break;
            case PublicFunctionKind.Run:
                WriteLayers(function.Head, IsBytes ? "scratch" : "output");
                break;
            case PublicFunctionKind.Outputs:
                WriteOutputs(function.Head);
                break;
            case PublicFunctionKind.Class:
                WriteClass(function.Head);
                break;
            default:
                throw new InvalidOperationException($"There is no function of the kind {function.Kind}.");
        }
    }

    private void WriteTypes()
    {
        if (network.Steps.OfType<ProductStep>().Any(step => step.Edges.Code == Counting.EdgeCode.Blocks))
        {
            text.Line().Comment("Rows that read the same columns.")
                .Line("typedef struct {").Line("    uint16_t rows, columns;").Line("} block;");
        }

        if (network.Steps.Any(step => step is ByteProduct))
        {
            text.Line().Comment("How the sum of a row becomes a byte.")
                .Line("typedef struct {").Line("    int32_t bias, factor;").Line("} scaling;");
        }
    }

    private void WriteToByte()
    {
        text.Line()
            .Comment("C leaves it to the compiler what a shift makes of negative numbers. This does not compile where it is not what is needed.")
            .Line("typedef char shifts_keep_the_sign[(-1 >> 1) == -1 ? 1 : -1];").Line()
            .Comment("Returns sum * factor / 2^shift + zero, rounded and cut off at the ends of a byte.")
            .Function("static uint8_t to_byte(int32_t sum, int32_t factor, int shift, int zero)", () => text
                .Line("const int64_t half = (int64_t)1 << (shift - 1);")
                .Line("const int32_t steps = (int32_t)(((int64_t)sum * factor + half) >> shift) + zero;")
                .Line()
                .Line("return (uint8_t)(steps < 0 ? 0 : steps > 255 ? 255 : steps);"));
    }

    private void WriteStep(CStep step)
    {
        foreach (CTable table in step.Tables)
        {
            text.Line();
            table.Write(text, step.Identifier);
        }

        text.Line();
        if (step.Tables.Count == 0)
            text.Comment($"{step.Layer}: {step.Description}.");
        text.Function(
            $"static void run_{step.Identifier}(const {network.ValueType} *x, {step.OutputType ?? network.ValueType} *y)", () => step.WriteBody(text));
    }

    private void WriteNames(IReadOnlyList<string> names)
    {
        text.Line().Line($"const char *const {name}_class_names[{names.Count}] = {{");
        foreach (string each in names)
            text.Line($"    {CLiteral.Of(each)},");
        text.Line("};");
    }

    /// <summary>Writes the calls of all layers. Values between them are in scratch memory.</summary>
    private void WriteLayers(string head, string last) => text.Function(head, () =>
    {
        IReadOnlyList<int> writers = network.Writers();
        foreach (int writer in writers.SkipLast(1))
            text.Line($"{network.ValueType} *const {network.Steps[writer].Identifier}_values = {PlaceOf(writer)};");
        if (writers.Count > 1)
            text.Line();
        string value = "input";
        for (int s = 0; s < network.Steps.Count; s++)
        {
            string source = value;
            if (writers.Contains(s))
                value = s == writers[^1] ? last : $"{network.Steps[s].Identifier}_values";
            text.Line($"run_{network.Steps[s].Identifier}({source}, {value});");
        }

        if (IsBytes)
            return;
        WriteTargets();
        if (writers.Count == 1)
            text.Line("(void)scratch;");
    });

    private string PlaceOf(int step)
    {
        long offset = network.OffsetOf(step);
        string start = IsBytes ? "(uint8_t *)scratch" : "scratch";
        return offset == 0 ? start : $"{start} + {(IsBytes ? offset : offset / CNetwork.WordBytes)}";
    }

    /// <summary>Writes the function that makes numbers of the sums of the last layer.</summary>
    private void WriteOutputs(string head)
    {
        var last = (ProductStep)network.Steps[^1];
        text.Function(head, () =>
        {
            text.Single(
                    $"for (uint32_t row = 0; row < {last.Width}; row++)",
                    $"output[row] = {CFunction.Call(last.Activation, $"(float)scratch[row] * {last.Identifier}_scales[row]")};");
            WriteTargets();
        });
    }

    /// <summary>Returns outputs to the units of the targets.</summary>
    private void WriteTargets()
    {
        if (network.Meaning.Targets is not { } targets)
            return;
        for (int i = 0; i < targets.FeatureCount; i++)
        {
            if (!targets.Changes(i))
                continue;
            (double deviation, double mean) = (targets.Deviations[targets.Groups[i]], targets.Means[targets.Groups[i]]);
            text.Line($"output[{i}] = (float)(output[{i}] * {CLiteral.Of(deviation)} + {CLiteral.Of(mean)});");
        }
    }

    private void WriteClass(string head) => text.Function(head, () =>
    {
        switch (network.Classes)
        {
            case ClassRule.SumFrom { Smallest: var smallest }:
                text.Line($"return scratch[0] >= {smallest};");
                break;
            case ClassRule.OutputFrom { Smallest: var smallest }:
                text.Line($"return output[0] >= {CLiteral.Of(smallest)};");
                break;
            case ClassRule.LargestSum:
                string scales = $"{network.Steps[^1].Identifier}_comparison";
                WriteLargest("int64_t", row => $"(int64_t)scratch[{row}] * {scales}[{row}]");
                break;
            case ClassRule.LargestOutput:
                WriteLargest("float", row => $"output[{row}]");
                break;
            default:
                throw new InvalidOperationException($"{network.Plan.Name} has the rule {network.Classes}.");
        }
    });

    private void WriteLargest(string type, Func<string, string> valueOf) => text
        .Line("int32_t best = 0;")
        .Line($"{type} largest = {valueOf("0")};")
        .Line()
        .Block($"for (int32_t i = 1; i < {network.Plan.OutputCount}; i++)", () => text
            .Line($"const {type} value = {valueOf("i")};")
            .Line()
            .Block("if (value > largest)", () => text.Line("best = i;").Line("largest = value;")))
        .Line("return best;");
}
