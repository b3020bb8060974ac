// Relay joins a network namespace with the world outside: what connects to one address is connected to another, and sockets of the
// file system, which know no network namespaces, lead from a relay inside to one outside.
//
//	relay NETWORK,ADDRESS=NETWORK,ADDRESS ...   each listener and where it leads, such as tcp,10.0.0.1:443=unix,/run/api.sock
//	relay NETWORK,ADDRESS=connect               where it leads is asked of each connection, by HTTP's CONNECT
package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

// What is dialled runs on this machine.
const dialTimeout = 10 * time.Second

type address struct{ network, name string }

func main() {
	if len(os.Args) < 2 {
		log.Fatal("relay: nothing to relay")
	}
	for _, route := range os.Args[1:] {
		from, to, found := strings.Cut(route, "=")
		if !found {
			log.Fatalf("relay: %s is not FROM=TO", route)
		}
		listener, err := listen(from)
		if err != nil {
			log.Fatalf("relay: %s: %v", route, err)
		}
		if to == "connect" {
			go accept(listener, tunnel)
			continue
		}
		target, err := parse(to)
		if err != nil {
			log.Fatalf("relay: %s: %v", route, err)
		}
		go accept(listener, func(client net.Conn) { relay(client, client, target) })
	}
	select {}
}

func parse(text string) (address, error) {
	network, name, found := strings.Cut(text, ",")
	if !found {
		return address{}, fmt.Errorf("%s is not NETWORK,ADDRESS", text)
	}
	return address{network, name}, nil
}

func listen(text string) (net.Listener, error) {
	from, err := parse(text)
	if err != nil {
		return nil, err
	}
	return net.Listen(from.network, from.name)
}

func accept(listener net.Listener, serve func(net.Conn)) {
	for {
		client, err := listener.Accept()
		if err != nil {
			log.Fatalf("relay: %v", err)
		}
		go serve(client)
	}
}

// tunnel is how an API server reaches kubelets, pods and Services of a network that it is not in.
func tunnel(client net.Conn) {
	reader := bufio.NewReader(client)
	request, err := http.ReadRequest(reader)
	if err != nil || request.Method != http.MethodConnect {
		fmt.Fprint(client, "HTTP/1.1 405 Method Not Allowed\r\n\r\n")
		client.Close()
		return
	}
	target := address{"tcp", request.Host}
	server, err := net.DialTimeout(target.network, target.name, dialTimeout)
	if err != nil {
		fmt.Fprintf(client, "HTTP/1.1 502 Bad Gateway\r\n\r\n%v\n", err)
		client.Close()
		return
	}
	fmt.Fprint(client, "HTTP/1.1 200 OK\r\n\r\n")
	join(client, reader, server)
}

func relay(client net.Conn, input io.Reader, target address) {
	server, err := net.DialTimeout(target.network, target.name, dialTimeout)
	if err != nil {
		log.Printf("relay: %v", err)
		client.Close()
		return
	}
	join(client, input, server)
}

// join ends when both sides have said all they had to say.
func join(client net.Conn, input io.Reader, server net.Conn) {
	var both sync.WaitGroup
	both.Add(2)
	go copyAndClose(server, input, &both)
	go copyAndClose(client, server, &both)
	both.Wait()
	client.Close()
	server.Close()
}

func copyAndClose(to net.Conn, from io.Reader, both *sync.WaitGroup) {
	defer both.Done()
	if _, err := io.Copy(to, from); err != nil {
		// A reset has to reach the other side, and nothing more will come.
		to.Close()
		return
	}
	if half, can := to.(interface{ CloseWrite() error }); can {
		half.CloseWrite()
	}
}
