using Fpe.Embedded.Networks;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Export;

/// <summary>The header: figures, sizes and functions.</summary>
internal static class HeaderFile
{
    /// <summary>Returns the text of the header.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The name of the files.</param>
    public static string Of(CNetwork network, string name)
    {
        string macro = name.ToUpperInvariant();
        var text = new CWriter();
        WriteFigures(text, network);
        text.Line($"#ifndef {macro}_H").Line($"#define {macro}_H").Line()
            .Line("#include <stdint.h>").Line()
            .Line($"#define {macro}_INPUTS {network.Plan.InputCount}")
            .Line($"#define {macro}_OUTPUTS {network.Plan.OutputCount}").Line()
            .Comment("The bytes of the memory in which a sample is computed. What was in it before does not matter.")
            .Line($"#define {macro}_SCRATCH_BYTES {network.ScratchBytes}");
        if (network.Input is { } scale)
        {
            text.Line()
                .Comment($"A byte stands for the number {macro}_INPUT_SCALE * (byte - {macro}_INPUT_ZERO){(network.Meaning.Features is null ? "" : " of a standardised sample")}.")
                .Line($"#define {macro}_INPUT_SCALE {CLiteral.Of(scale.Scale)}")
                .Line($"#define {macro}_INPUT_ZERO {scale.ZeroPoint}");
        }

        text.Line().Line("#ifdef __cplusplus").Line("extern \"C\" {").Line("#endif");
        foreach (PublicFunction function in PublicFunction.Of(network, name))
            text.Line().Comment(function.Comment).Line(function.Head + ";");
        if (network.Meaning.ClassNames is { } names)
            text.Line().Comment("The names of the classes, in UTF-8.").Line($"extern const char *const {name}_class_names[{names.Count}];");
        text.Line().Line("#ifdef __cplusplus").Line("}").Line("#endif").Line().Line("#endif");
        return text.ToString();
    }

    private static void WriteFigures(CWriter text, CNetwork network)
    {
        string numbers = network.Format == NumberFormat.Int8 ? "8-bit integers" : "floating-point numbers";
        text.Line("/*")
            .Line($" * {CWriter.InComment(network.Plan.Name)}: a network of {network.Plan.InputCount} inputs and {network.Plan.OutputCount} outputs in {numbers}.")
            .Line(" *")
            .Line($" * Flash: {network.TableBytes} bytes of tables, besides code. RAM: {network.ScratchBytes} bytes of scratch memory, besides the stack, the")
            .Line(" * sample and the outputs.")
            .Line($" * A prediction: {network.Steps.Sum(step => step.MultiplyAdds)} multiply-adds.")
            .Line(" *");
        foreach (CStep step in network.Steps)
        {
            long bytes = step.Tables.Sum(table => table.Bytes);
            text.Line($" *   {CWriter.InComment(step.Layer)}: {step.Description}{(step.Weights > 0 ? $", {step.Weights} weights" : "")}{(bytes > 0 ? $" in {bytes} bytes" : "")}");
        }

        if (network.StandardizationBytes > 0)
            text.Line($" *   standardisation of samples in {network.StandardizationBytes} bytes");
        if (network.ClassNameBytes > 0)
            text.Line($" *   names of the classes in {network.ClassNameBytes} bytes, with pointers of 32 bits");
        text.Line(" *").Line(" * Written by Fpe.Embedded from a trained model; export it again instead of changing this file.").Line(" */");
    }
}
