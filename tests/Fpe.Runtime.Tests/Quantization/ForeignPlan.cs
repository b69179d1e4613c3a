using Fpe.Compute;

namespace Fpe.Runtime.Tests.Quantization;

/// <summary>A layer of another library, which adds nothing.</summary>
internal sealed record ForeignPlan(string Name, int Width) : LayerPlan(Name, Width, Width)
{
    protected internal override OutputUnits OutputUnits => OutputUnits.OfInput;

    protected internal override IReadOnlyList<ParameterPlan> Parameters => [];

    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => new ForeignPlan(Name, widths[0]);

    protected internal override void Describe(IPlanFields fields) => fields.Add("kind", "Foreign");

    protected internal override Layer Create(Device device, long seed, int index) => new ForeignLayer(this, device);
}
