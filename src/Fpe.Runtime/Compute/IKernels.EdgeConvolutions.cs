namespace Fpe.Compute;

public partial interface IKernels
{
    /// <summary>
    /// Like <see cref="Conv2dForward"/>, with only the weights of existing edges: rows are filters, and column (c · kernel + i) · kernel +
    /// j is the weight over channel c, row i and column j of the window. A device may multiply by zero where there is no edge, so an input
    /// that is not finite can affect filters that do not read it; the same holds for <see cref="EdgeConv2dInputGradient"/>.
    /// </summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="edges">
    /// The existing weights, prepared by <see cref="Device.PrepareFilters"/>: [filters, channels · kernel · kernel].
    /// </param>
    /// <param name="weights">w: a buffer over <paramref name="edges"/>.</param>
    /// <param name="bias">b: one element per filter.</param>
    /// <param name="function">f.</param>
    /// <param name="x">Images: [batch, channels · height · width].</param>
    /// <param name="z">Receives the weighted sums (=), unless null.</param>
    /// <param name="y">Receives the outputs (=), as images with one channel per filter.</param>
    /// <param name="batch">Samples.</param>
    void EdgeConv2dForward(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch) =>
        HostKernels.EdgeConv2dForward(shape, edges, weights, bias, function, x, z, y, batch);

    /// <summary>
    /// Like <see cref="Conv2dInputGradient"/>, with only the weights of existing edges (=); a pixel that no edge reads gets 0.
    /// </summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="edges">The existing weights, prepared by <see cref="Device.PrepareFilters"/>.</param>
    /// <param name="weights">w: a buffer over <paramref name="edges"/>.</param>
    /// <param name="dz">Gradient with respect to the weighted sums.</param>
    /// <param name="dx">Receives the gradient with respect to the images.</param>
    /// <param name="batch">Samples.</param>
    void EdgeConv2dInputGradient(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, Activations dz, Activations dx, int batch) =>
        HostKernels.EdgeConv2dInputGradient(shape, edges, weights, dz, dx, batch);

    /// <summary>
    /// Like <see cref="Conv2dWeightGradient"/>, for existing edges (=), exactly 0 elsewhere in the buffer. A device may multiply the zeros
    /// of the padding, so a gradient that is not finite can affect all edges of its filter.
    /// </summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="edges">The existing weights, prepared by <see cref="Device.PrepareFilters"/>.</param>
    /// <param name="x">Images, as the forward pass read them.</param>
    /// <param name="dz">Gradient with respect to the weighted sums.</param>
    /// <param name="weightGradient">Receives dw: a buffer over <paramref name="edges"/>.</param>
    /// <param name="biasGradient">Receives db (=): one element per filter.</param>
    /// <param name="batch">Samples.</param>
    void EdgeConv2dWeightGradient(
        Conv2dShape shape, DeviceEdges edges, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient,
        int batch) =>
        HostKernels.EdgeConv2dWeightGradient(shape, edges, x, dz, weightGradient, biasGradient, batch);
}
