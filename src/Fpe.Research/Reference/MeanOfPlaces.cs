using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void MeanOfPlaces(int places, Activations x, Activations y, int batch) =>
        PlainMeanOfPlaces<T>.Forward(places, Batch(x, batch), Batch(y, batch));

    public void MeanOfPlacesGradient(int places, Activations dy, Activations dx, int batch) =>
        PlainMeanOfPlaces<T>.Gradient(places, Batch(dy, batch), Batch(dx, batch));
}
