namespace Fpe.Compute;

/// <summary>
/// The operations of a device. Shapes are given as [samples, features] and weights as [out, in]; <c>=</c> means that the output is
/// overwritten, <c>+=</c> that the result is added to it. All arguments must belong to the same device; unless stated otherwise, outputs
/// must not overlap inputs. Results do not depend on the number of threads.
/// </summary>
/// <remarks>
/// <c>batch</c> is the number of samples, from 0 to the capacity of the <see cref="Activations"/> of the call, which is the same for all of
/// them. Values of samples beyond the batch are neither used nor preserved. Scalars that a device produces (losses, counts, norms) are
/// written to a slot of a buffer, so that no step has to wait for the host.
/// <para>
/// Some kernels have a default implementation, which copies the operands to the host, computes with plain loops, and writes the results
/// back. It is correct on every device, but slow, so a new device compiles and trains before it has its own kernel.
/// </para>
/// </remarks>
public partial interface IKernels
{
    /// <summary>y[i] = value.</summary>
    void Fill(DeviceBuffer y, double value);

    /// <summary>y = x, element by element; both have the same length.</summary>
    void Copy(DeviceBuffer x, DeviceBuffer y);

    /// <summary>x[s, :] = rows[order[start + s], :] for s = 0 … batch − 1.</summary>
    /// <param name="rows">Samples row by row: [any, features of <paramref name="x"/>].</param>
    /// <param name="order">Row numbers.</param>
    /// <param name="start">First element of <paramref name="order"/> to use.</param>
    /// <param name="x">Receives the batch.</param>
    /// <param name="batch">Samples.</param>
    void GatherRows(DeviceBuffer rows, IndexBuffer order, int start, Activations x, int batch);

    /// <summary>y[s] = values[order[start + s]] for s = 0 … batch − 1.</summary>
    void GatherIndices(IndexBuffer values, IndexBuffer order, int start, IndexBuffer y, int batch);

    /// <summary>
    /// z = x · Wᵀ + b over existing edges; y = f(z). A device may multiply by zero where there is no edge, so an input that is not finite
    /// can affect outputs that do not read it; the same holds for <see cref="EdgeInputGradient"/>.
    /// </summary>
    /// <param name="edges">The edges of the layer.</param>
    /// <param name="weights">W: a buffer over <paramref name="edges"/>.</param>
    /// <param name="bias">b: one element per output.</param>
    /// <param name="function">f.</param>
    /// <param name="x">Inputs: [batch, in].</param>
    /// <param name="z">Receives the weighted sums (=), unless null: [batch, out].</param>
    /// <param name="y">Receives the outputs (=): [batch, out].</param>
    /// <param name="batch">Samples.</param>
    void EdgeForward(
        DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch);

    /// <summary>
    /// dz = dy ⊙ f′(z), in place; dx = dz · W over existing edges (=); an input that no output reads gets 0. Both are one kernel so that a
    /// device reads outputs, which expansion makes wide, only once.
    /// </summary>
    /// <param name="edges">The edges of the layer.</param>
    /// <param name="weights">W: a buffer over <paramref name="edges"/>.</param>
    /// <param name="function">f.</param>
    /// <param name="z">Weighted sums; null unless f needs them (<see cref="ActivationFunctions.NeedsWeightedSums"/>).</param>
    /// <param name="y">Outputs f(z): [batch, out].</param>
    /// <param name="dy">Gradient with respect to y on entry, by z on return.</param>
    /// <param name="dx">Receives the gradient with respect to the inputs: [batch, in].</param>
    /// <param name="batch">Samples.</param>
    void EdgeInputGradient(
        DeviceEdges edges, DeviceBuffer weights, ElementFunction function,
        Activations? z, Activations y, Activations dy, Activations dx, int batch);

    /// <summary>
    /// With dz = dy ⊙ f′(z): dW[o, i] = Σ_s dz[s, o] · x[s, i] for existing edges (=), exactly 0 elsewhere in the buffer; and
    /// db[o] = Σ_s dz[s, o] (=). After <see cref="EdgeInputGradient"/>, which leaves dz, f is the identity.
    /// </summary>
    /// <param name="edges">The edges of the layer.</param>
    /// <param name="function">f.</param>
    /// <param name="x">Inputs, as the forward pass read them: [batch, in].</param>
    /// <param name="z">Weighted sums; null unless f needs them (<see cref="ActivationFunctions.NeedsWeightedSums"/>).</param>
    /// <param name="y">Outputs f(z): [batch, out].</param>
    /// <param name="dy">Gradient with respect to y. Undefined on return, unless f is the identity.</param>
    /// <param name="weightGradient">Receives dW: a buffer over <paramref name="edges"/>.</param>
    /// <param name="biasGradient">Receives db: one element per output.</param>
    /// <param name="batch">Samples.</param>
    void EdgeWeightGradient(
        DeviceEdges edges, ElementFunction function, Activations x, Activations? z, Activations y, Activations dy,
        DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch);

    /// <summary>
    /// <see cref="EdgeWeightGradient"/> of a layer whose outputs a single other layer reads: dy = dz · W over the edges of the reader,
    /// whose activation is the identity or has had its slope applied. They are one kernel so that a device can avoid passes over dy,
    /// which expansion makes wide.
    /// </summary>
    /// <param name="reader">The reader; nothing of it is changed.</param>
    /// <param name="edges">The edges of the layer.</param>
    /// <param name="function">f.</param>
    /// <param name="x">Inputs, as the forward pass read them: [batch, in].</param>
    /// <param name="z">Weighted sums; null unless f needs them (<see cref="ActivationFunctions.NeedsWeightedSums"/>).</param>
    /// <param name="y">Outputs f(z), which the reader reads: [batch, out].</param>
    /// <param name="dy">Workspace for the gradient with respect to y: [batch, out]. Undefined on return.</param>
    /// <param name="weightGradient">Receives dW: a buffer over <paramref name="edges"/>.</param>
    /// <param name="biasGradient">Receives db: one element per output.</param>
    /// <param name="batch">Samples.</param>
    void EdgeWeightGradientThrough(
        in EdgeReader reader, DeviceEdges edges, ElementFunction function, Activations x, Activations? z, Activations y, Activations dy,
        DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch)
    {
        EdgeInputGradient(reader.Edges, reader.Weights, ActivationFunction.Identity, null, reader.Output, reader.Gradient, dy, batch);
        EdgeWeightGradient(edges, function, x, z, y, dy, weightGradient, biasGradient, batch);
    }

    /// <summary>
    /// z[s, f, y, x] = b[f] + Σ_{c, i, j} w[f, c, i, j] · image[s, c, y·stride + i − padding, x·stride + j − padding] over pixels inside
    /// the image; y = f(z). Positions outside contribute nothing, unless a weight there is not finite and the device multiplies it by 0.
    /// </summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="weights">w: [filters, channels, kernel, kernel], row by row.</param>
    /// <param name="bias">b: one element per filter.</param>
    /// <param name="function">f.</param>
    /// <param name="x">Images: [batch, channels · height · width].</param>
    /// <param name="z">Receives the weighted sums (=), unless null.</param>
    /// <param name="y">Receives the outputs (=), as images with one channel per filter.</param>
    /// <param name="batch">Samples.</param>
    void Conv2dForward(
        Conv2dShape shape, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch);

    /// <summary>dx[s, p] = Σ dz[s, o] · w over the outputs o whose window contains pixel p (=); a pixel in no window gets 0.</summary>
    void Conv2dInputGradient(Conv2dShape shape, DeviceBuffer weights, Activations dz, Activations dx, int batch);

    /// <summary>
    /// dw[f, c, i, j] = Σ_{s, y, x} dz[s, f, y, x] · image[s, c, y·stride + i − padding, x·stride + j − padding] and db[f] = Σ_{s, y, x}
    /// dz[s, f, y, x] (=). A device may multiply the zeros of the padding, so a gradient that is not finite can affect all weights of its
    /// filter.
    /// </summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="x">Images, as the forward pass read them.</param>
    /// <param name="dz">Gradient with respect to the weighted sums.</param>
    /// <param name="weightGradient">Receives dw (=): [filters, channels, kernel, kernel], row by row.</param>
    /// <param name="biasGradient">Receives db (=): one element per filter.</param>
    /// <param name="batch">Samples.</param>
    void Conv2dWeightGradient(
        Conv2dShape shape, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch);

    /// <summary>y = the largest value that the window sees (=), for each channel and place of the window; NaN where it sees one.</summary>
    void MaxPool2dForward(Pool2dShape shape, Activations x, Activations y, int batch);

    /// <summary>
    /// The gradient with respect to each output goes to the first of the largest values that its window sees, row by row, and is added up
    /// where windows overlap; all other pixels get 0 (=). Of values that are not numbers it goes to the first.
    /// </summary>
    /// <param name="shape">The pooling layer.</param>
    /// <param name="x">Images, as the forward pass read them.</param>
    /// <param name="dy">Gradient with respect to the outputs.</param>
    /// <param name="dx">Receives the gradient with respect to the images.</param>
    /// <param name="batch">Samples.</param>
    void MaxPool2dInputGradient(Pool2dShape shape, Activations x, Activations dy, Activations dx, int batch);

    /// <summary>y = the mean of the kernel² values that the window sees (=), for each channel and place of the window.</summary>
    /// <param name="shape">The pooling layer.</param>
    /// <param name="x">Images.</param>
    /// <param name="y">Receives the means, as images.</param>
    /// <param name="batch">Samples.</param>
    void AvgPool2dForward(Pool2dShape shape, Activations x, Activations y, int batch) =>
        HostKernels.AvgPool2dForward(shape, x, y, batch);

    /// <summary>dx[s, p] = Σ dy[s, o] / kernel² over the outputs o whose window sees pixel p (=); a pixel that no window sees gets 0.</summary>
    /// <param name="shape">The pooling layer.</param>
    /// <param name="dy">Gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the images.</param>
    /// <param name="batch">Samples.</param>
    void AvgPool2dInputGradient(Pool2dShape shape, Activations dy, Activations dx, int batch) =>
        HostKernels.AvgPool2dInputGradient(shape, dy, dx, batch);

    /// <summary>y[s, c] = the mean of x[s, c · places + p] over p = 0 … places − 1 (=), as in global average pooling.</summary>
    /// <param name="places">Pixels per channel; at least 1.</param>
    /// <param name="x">Images: [batch, channels · places].</param>
    /// <param name="y">Receives the means: [batch, channels].</param>
    /// <param name="batch">Samples.</param>
    void MeanOfPlaces(int places, Activations x, Activations y, int batch) => HostKernels.MeanOfPlaces(places, x, y, batch);

    /// <summary>dx[s, c · places + p] = dy[s, c] / places (=): the gradient of <see cref="MeanOfPlaces"/>.</summary>
    /// <param name="places">Pixels per channel; at least 1.</param>
    /// <param name="dy">Gradient with respect to the means: [batch, channels].</param>
    /// <param name="dx">Receives the gradient with respect to the images: [batch, channels · places].</param>
    /// <param name="batch">Samples.</param>
    void MeanOfPlacesGradient(int places, Activations dy, Activations dx, int batch) =>
        HostKernels.MeanOfPlacesGradient(places, dy, dx, batch);

    /// <summary>y[s, to + i] = x[s, from + i] (=) for i = 0 … count − 1; the other features of y are unchanged.</summary>
    /// <param name="x">[batch, any].</param>
    /// <param name="from">First feature of <paramref name="x"/> to read; from 0.</param>
    /// <param name="y">Receives the features: [batch, any].</param>
    /// <param name="to">First feature of <paramref name="y"/> to write; from 0.</param>
    /// <param name="count">Features; from 0.</param>
    /// <param name="batch">Samples.</param>
    void CopyFeatures(Activations x, int from, Activations y, int to, int count, int batch) =>
        HostKernels.CopyFeatures(x, from, y, to, count, batch);

    /// <summary>y[s, to + i] += x[s, from + i] for i = 0 … count − 1; the other features of y are unchanged.</summary>
    /// <param name="x">[batch, any].</param>
    /// <param name="from">First feature of <paramref name="x"/> to read; from 0.</param>
    /// <param name="y">The activations to add to: [batch, any].</param>
    /// <param name="to">First feature of <paramref name="y"/> to add to; from 0.</param>
    /// <param name="count">Features; from 0.</param>
    /// <param name="batch">Samples.</param>
    void AddFeatures(Activations x, int from, Activations y, int to, int count, int batch) =>
        HostKernels.AddFeatures(x, from, y, to, count, batch);

    /// <summary>y = f(x) (=), element by element. <see cref="ActivationGradient"/> is its gradient.</summary>
    /// <param name="function">f.</param>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/>.</param>
    /// <param name="batch">Samples.</param>
    void Activate(ElementFunction function, Activations x, Activations y, int batch) => HostKernels.Activate(function, x, y, batch);

    /// <summary>dy = dy ⊙ f′(z), in place: the gradient with respect to z from the gradient with respect to y = f(z).</summary>
    /// <param name="function">f.</param>
    /// <param name="z">Weighted sums; null unless f needs them (<see cref="ActivationFunctions.NeedsWeightedSums"/>).</param>
    /// <param name="y">Outputs f(z).</param>
    /// <param name="dy">Gradient with respect to y on entry, by z on return.</param>
    /// <param name="batch">Samples.</param>
    void ActivationGradient(ElementFunction function, Activations? z, Activations y, Activations dy, int batch);

    /// <summary>
    /// y[s, i] = x[s, i] · m[s, i] / (1 − rate) (=), where m[s, i] is 0 with probability rate and otherwise 1. Element e = s · features + i
    /// is dropped if the uniform number e of the Philox stream (<paramref name="seed"/>, <paramref name="stream"/>) is below rate, so the
    /// same call applied to the gradient computes the gradient, and no mask is stored.
    /// </summary>
    /// <param name="rate">Probability of a zero; at least 0 and below 1.</param>
    /// <param name="seed">Key of the random stream.</param>
    /// <param name="stream">Number of the random stream; a new one for each step and layer.</param>
    /// <param name="x">Inputs: [batch, features].</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/>.</param>
    /// <param name="batch">Samples.</param>
    void Dropout(double rate, ulong seed, ulong stream, Activations x, Activations y, int batch);

    /// <summary>
    /// Like <see cref="Dropout"/>, but drops whole channels: y[s, c, p] = x[s, c, p] · m[s, c] / (1 − rate) (=). Value (c, p) is feature c ·
    /// places + p, and channel c of sample s has number s · channels + c in the random stream.
    /// </summary>
    /// <param name="places">Pixels per channel; at least 1.</param>
    /// <param name="rate">Probability of a zero; at least 0 and below 1.</param>
    /// <param name="seed">Key of the random stream.</param>
    /// <param name="stream">Number of the random stream; a new one for each step and layer.</param>
    /// <param name="x">Inputs: [batch, channels · places].</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/>.</param>
    /// <param name="batch">Samples.</param>
    void DropoutOfChannels(int places, double rate, ulong seed, ulong stream, Activations x, Activations y, int batch) =>
        HostKernels.DropoutOfChannels(places, rate, seed, stream, x, y, batch);

    /// <summary>
    /// Mean over the batch of −log softmax(logits[s])[labels[s]] to losses[slot] (=), and its gradient
    /// (softmax(logits[s]) − onehot(labels[s])) / batch to <paramref name="gradient"/> (=). Stable for logits of any finite size.
    /// </summary>
    /// <param name="logits">[batch, classes].</param>
    /// <param name="labels">Classes, from 0: at least batch elements.</param>
    /// <param name="gradient">Receives the gradient with respect to the logits; null if only the loss is needed.</param>
    /// <param name="losses">Receives the loss.</param>
    /// <param name="slot">Element of <paramref name="losses"/>.</param>
    /// <param name="batch">Samples; at least 1.</param>
    void SoftmaxCrossEntropy(Activations logits, IndexBuffer labels, Activations? gradient, DeviceBuffer losses, int slot, int batch);

    /// <summary>
    /// Mean over the batch and outputs of max(z, 0) − z·t + log(1 + exp(−|z|)) to losses[slot] (=), and its gradient
    /// (sigmoid(z) − t) / (batch · outputs) to <paramref name="gradient"/> (=).
    /// </summary>
    /// <param name="logits">z: [batch, outputs].</param>
    /// <param name="targets">t, from 0 to 1: [batch, outputs].</param>
    /// <param name="gradient">Receives the gradient with respect to the logits; null if only the loss is needed.</param>
    /// <param name="losses">Receives the loss.</param>
    /// <param name="slot">Element of <paramref name="losses"/>.</param>
    /// <param name="batch">Samples; at least 1.</param>
    void SigmoidCrossEntropy(Activations logits, Activations targets, Activations? gradient, DeviceBuffer losses, int slot, int batch);

    /// <summary>
    /// Mean over the batch and outputs of (y − t)² to losses[slot] (=), and its gradient 2·(y − t) / (batch · outputs) to
    /// <paramref name="gradient"/> (=).
    /// </summary>
    /// <param name="outputs">y: [batch, outputs].</param>
    /// <param name="targets">t: [batch, outputs].</param>
    /// <param name="gradient">Receives the gradient with respect to the outputs; null if only the loss is needed.</param>
    /// <param name="losses">Receives the loss.</param>
    /// <param name="slot">Element of <paramref name="losses"/>.</param>
    /// <param name="batch">Samples; at least 1.</param>
    void MeanSquaredError(Activations outputs, Activations targets, Activations? gradient, DeviceBuffer losses, int slot, int batch);

    /// <summary>
    /// counts[slot] += number of samples whose largest logit (the first of equal ones) is that of their label. A sample with a NaN logit
    /// counts as wrong.
    /// </summary>
    void CountCorrectClasses(Activations logits, IndexBuffer labels, DeviceBuffer counts, int slot, int batch);

    /// <summary>counts[slot] += number of elements where (logit &gt; 0) = (target &gt; ½). A NaN logit counts as wrong.</summary>
    void CountCorrectSigns(Activations logits, Activations targets, DeviceBuffer counts, int slot, int batch);

    /// <summary>norms[slot] += Σ_i x[i]².</summary>
    void AddSquaredNorm(DeviceBuffer x, DeviceBuffer norms, int slot);

    /// <summary>x = x · min(1, maximum / √norms[slot]), in place; maximum is positive.</summary>
    void ClipToNorm(DeviceBuffer x, DeviceBuffer norms, int slot, double maximum);

    /// <summary>
    /// One step of Adam (Kingma and Ba, 2015) or AdamW (Loshchilov and Hutter, 2019), in place:
    /// g ← g + λ·w (coupled), m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²,
    /// w ← w·(1 − η·λ) (decoupled), w ← w − η · m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).
    /// An element whose weight, gradient and moments are 0 stays exactly 0, so ε must be positive.
    /// </summary>
    /// <param name="weights">w.</param>
    /// <param name="gradient">g; not changed.</param>
    /// <param name="firstMoment">m.</param>
    /// <param name="secondMoment">v.</param>
    /// <param name="step">The constants of the step.</param>
    void AdamStep(
        DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment, in AdamConstants step);

    /// <summary>
    /// One step of gradient descent, in place: g ← g + λ·w; with momentum v ← μ·v + g, and w ← w − η·v, or with Nesterov's
    /// variant w ← w − η·(g + μ·v); without, w ← w − η·g. An element whose weight, gradient and velocity are 0 stays exactly 0.
    /// </summary>
    /// <param name="weights">w.</param>
    /// <param name="gradient">g; not changed.</param>
    /// <param name="velocity">v; null if there is no momentum.</param>
    /// <param name="step">The constants of the step.</param>
    void SgdStep(DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step);
}
