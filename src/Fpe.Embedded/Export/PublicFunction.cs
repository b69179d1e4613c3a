using Fpe.Embedded.Networks;

namespace Fpe.Embedded.Export;

/// <summary>A function that a program calls.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Head">Its declaration, without the semicolon.</param>
/// <param name="Comment">What it does, in the words of the header.</param>
internal sealed record PublicFunction(PublicFunctionKind Kind, string Head, string Comment)
{
    /// <summary>Its name.</summary>
    public string Name => Head[..Head.IndexOf('(', StringComparison.Ordinal)].Split(' ')[^1];

    /// <summary>Returns the functions of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">What their names begin with.</param>
    public static IReadOnlyList<PublicFunction> Of(CNetwork network, string name)
    {
        string macro = name.ToUpperInvariant();
        bool isBytes = network.Format == NumberFormat.Int8, isStandardized = network.Meaning.Features is not null;
        string input = $"{network.ValueType} input[{macro}_INPUTS]", output = $"float output[{macro}_OUTPUTS]";
        string scratch = $"{network.ScratchType} scratch[{macro}_SCRATCH_BYTES / sizeof({network.ScratchType})]";
        string units = network.Meaning.Targets is null ? "" : ", in the units of the targets";
        string sample = isBytes || isStandardized ? "a prepared sample" : "a sample";
        var functions = new List<PublicFunction>();
        if (isBytes || isStandardized)
        {
            functions.Add(new PublicFunction(
                PublicFunctionKind.Prepare, $"void {name}_prepare(const float sample[{macro}_INPUTS], {input})",
                $"Turns a sample, as it was measured, into what the network reads: {(isStandardized ? isBytes ? "standardised and in bytes" : "standardised" : "bytes")}."));
        }

        if (isBytes)
        {
            functions.Add(new PublicFunction(
                PublicFunctionKind.Run, $"void {name}_run(const {input}, {scratch})", $"Computes {sample}. What comes out of it stays in the scratch memory, for the functions below."));
            functions.Add(new PublicFunction(
                PublicFunctionKind.Outputs, $"void {name}_outputs(const {scratch}, {output})", $"Returns the outputs as numbers{units}."));
        }
        else
        {
            functions.Add(new PublicFunction(PublicFunctionKind.Run, $"void {name}_run(const {input}, {output}, {scratch})", $"Computes the outputs of {sample}{units}."));
        }

        switch (network.Classes)
        {
            case ClassRule.LargestSum or ClassRule.SumFrom:
                string ties = network.Classes is ClassRule.LargestSum ? " It compares integers: of outputs as close as the rounding of numbers, it can choose another one." : "";
                functions.Add(new PublicFunction(
                    PublicFunctionKind.Class, $"int32_t {name}_class(const {scratch})", $"Returns the class, from 0, without a floating-point number.{ties}"));
                break;
            case ClassRule.LargestOutput or ClassRule.OutputFrom:
                functions.Add(new PublicFunction(PublicFunctionKind.Class, $"int32_t {name}_class(const {output})", "Returns the class of outputs, from 0."));
                break;
            case null:
                break;
            default:
                throw new InvalidOperationException($"{network.Plan.Name} has the rule {network.Classes}.");
        }

        return functions;
    }
}
